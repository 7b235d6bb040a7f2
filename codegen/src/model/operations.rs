//! Calls: what a method takes, what can be set, what comes back.

use super::build::Context;
use super::types::{Scalar, Type};
use super::{
    Argument, ArgumentPlace, Docs, Input, Operation, Payload, Request, Setter, docs, markdown,
};
use crate::ir::{self, Body, Kind, Parameter, Place, Status};
use crate::names::{OperationNames, Side};

/// One call an operation, in document order.
pub(super) fn operations(context: &Context<'_>) -> Vec<Operation> {
    let all = context.api.operations.iter().enumerate();
    all.map(|(index, operation)| {
        Call { context, operation, names: context.names.operation(index) }.build()
    })
    .collect()
}

/// The payload of an answer.
pub(super) fn received(context: &Context<'_>, payload: &ir::Payload) -> Payload {
    match payload {
        ir::Payload::Empty => Payload::Empty,
        ir::Payload::Text { .. } => Payload::Text,
        ir::Payload::Bytes { .. } => Payload::Bytes,
        ir::Payload::Json { schema, .. } => {
            Payload::Json(context.element_type(*schema, Side::Plain))
        }
    }
}

struct Call<'a> {
    context: &'a Context<'a>,
    operation: &'a ir::Operation,
    names: &'a OperationNames,
}

impl Call<'_> {
    fn build(&self) -> Operation {
        let (success, payload) = self.success();
        let answer = payload.map_or(Payload::Empty, |payload| received(self.context, payload));
        Operation {
            method_docs: self.method_docs(),
            call_docs: self.call_docs(),
            method: self.names.method.clone(),
            call: self.names.call.clone(),
            metadata: self.names.metadata.clone(),
            deprecated: self.operation.docs.deprecated,
            request: self.request(success, payload),
            arguments: self.arguments(),
            setters: self.setters(),
            answer,
            error: (!self.operation.errors.is_empty()).then(|| self.names.error.clone()),
        }
    }

    /// The statuses that are successes, and what they carry. Without a documented 2xx the default
    /// answer stands for one; without that, any 2xx is a success that says nothing.
    fn success(&self) -> (Vec<u16>, Option<&ir::Payload>) {
        let Some(first) = self.operation.successes.first() else {
            let default = |outcome: &&ir::Outcome| outcome.status == Status::Default;
            let default = self.operation.errors.iter().find(default);
            return (vec![2], default.map(|outcome| &outcome.payload));
        };
        let statuses = self.operation.successes.iter().map(|outcome| match outcome.status {
            Status::Exact(code) | Status::Range(code) => code,
            Status::Default => 2,
        });
        (statuses.collect(), Some(&first.payload))
    }

    fn request(&self, success: Vec<u16>, payload: Option<&ir::Payload>) -> Request {
        let operation = self.operation;
        let media_type = |payload: &ir::Payload| payload.media_type().map(str::to_owned);
        Request {
            id: operation.id.clone(),
            http_method: operation.method.clone(),
            path: operation.path.clone(),
            accept: payload.and_then(media_type),
            content_type: operation.body.as_ref().and_then(|body| media_type(&body.payload)),
            success,
            security: operation.security.clone(),
            envelope: operation.envelope.clone(),
            nonempty: operation.nonempty,
        }
    }

    /// Path parameters, other required parameters, a required body.
    fn arguments(&self) -> Vec<Argument> {
        let named = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut arguments: Vec<Argument> = named
            .filter(|(parameter, _)| parameter.required)
            .map(|(parameter, name)| Argument {
                name: name.clone(),
                input: self.input(parameter),
                place: self.place(parameter),
            })
            .collect();
        arguments.extend(self.operation.body.as_ref().filter(|body| body.required).map(|body| {
            Argument { name: "body".to_owned(), input: self.body(body), place: ArgumentPlace::Body }
        }));
        arguments
    }

    fn setters(&self) -> Vec<Setter> {
        let named = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut setters: Vec<Setter> = named
            .filter(|(parameter, _)| !parameter.required)
            .map(|(parameter, name)| Setter {
                docs: self.parameter_docs(parameter),
                name: name.clone(),
                input: self.input(parameter),
                place: self.place(parameter),
            })
            .collect();
        setters.extend(self.operation.body.as_ref().filter(|body| !body.required).map(|body| {
            Setter {
                docs: docs::of_schema(&body.docs, "The body to send."),
                name: "body".to_owned(),
                input: self.body(body),
                place: ArgumentPlace::Body,
            }
        }));
        setters
    }

    fn body(&self, body: &Body) -> Input {
        match &body.payload {
            ir::Payload::Json { schema, .. } => {
                Input::Value(self.context.element_type(*schema, Side::Input))
            }
            ir::Payload::Empty | ir::Payload::Text { .. } | ir::Payload::Bytes { .. } => {
                Input::Text
            }
        }
    }

    fn place(&self, parameter: &Parameter) -> ArgumentPlace {
        let wire = parameter.wire.clone();
        let list = matches!(self.context.api.resolved(parameter.schema).kind, Kind::Array(_));
        let envelope = self.operation.envelope.as_ref();
        match parameter.place {
            Place::Path => ArgumentPlace::Path { wire },
            Place::Header => ArgumentPlace::Header { wire },
            Place::Query if envelope.is_some_and(|known| known.parameter == wire) => {
                ArgumentPlace::Envelope
            }
            Place::Query if list => ArgumentPlace::QueryList { wire, explode: parameter.explode },
            Place::Query => ArgumentPlace::Query { wire },
        }
    }

    fn input(&self, parameter: &Parameter) -> Input {
        match self.context.value_type(parameter.schema, Side::Input) {
            Type::Scalar(Scalar::String) => Input::Text,
            Type::Vec(items) => match *items {
                Type::Scalar(Scalar::String) => Input::EachText,
                // A list in a query has no spelling for null: it is left out by leaving it out.
                Type::Option(item) if *item == Type::string() => Input::EachText,
                Type::Option(item) => Input::Each(*item),
                item => Input::Each(item),
            },
            other => Input::Value(other),
        }
    }

    fn parameter_docs(&self, parameter: &Parameter) -> Docs {
        let mut text = self.context.api.resolved(parameter.schema).docs.clone();
        text.description = parameter.docs.description.clone().or(text.description);
        text.deprecated |= parameter.docs.deprecated;
        docs::of_schema(&text, &format!("The parameter {}.", markdown::code(&parameter.wire)))
    }

    fn call_docs(&self) -> Docs {
        docs::join(vec![
            vec![format!("The call that {} prepares.", docs::method_link(&self.names.method))],
            vec![self.request_line()],
        ])
    }

    /// `POST /path` as it goes over the wire.
    fn request_line(&self) -> String {
        markdown::code(&format!("{} {}", self.operation.method, self.operation.path))
    }

    fn method_docs(&self) -> Docs {
        let text = &self.operation.docs;
        let words =
            ir::Docs { constraints: Vec::new(), link: None, deprecated: false, ..text.clone() };
        let mut sections = vec![docs::of_schema(&words, &self.request_line())];
        sections.extend(docs::deprecated(text));
        if sections.first() != Some(&vec![self.request_line()]) {
            sections.push(vec![self.request_line()]);
        }
        sections.push(self.facts());
        sections.extend(self.argument_docs());
        sections.push(self.error_docs());
        sections.extend(docs::link(text));
        docs::join(sections)
    }

    /// What the wire and the account need, as a list.
    fn facts(&self) -> Docs {
        let (_, payload) = self.success();
        let mut facts = Vec::new();
        if let Some(media_type) =
            self.operation.body.as_ref().and_then(|body| body.payload.media_type())
        {
            facts.push(format!("- Sends {}.", markdown::code(media_type)));
        }
        if let Some(media_type) = payload.and_then(ir::Payload::media_type) {
            facts.push(format!("- Accepts {}.", markdown::code(media_type)));
        }
        if !self.operation.roles.is_empty() {
            let roles: Vec<String> =
                self.operation.roles.iter().map(|role| markdown::inline(role)).collect();
            facts.push(format!("- Required role: {}.", roles.join(" or ")));
        }
        let logins: Vec<String> =
            self.operation.security.iter().map(|set| self.login(set)).collect();
        if !logins.is_empty() {
            facts.push(format!("- Login: {}.", logins.join(" or ")));
        }
        for wire in &self.operation.withheld {
            facts.push(format!(
                "- The parameter {} is not offered: it would wrap every answer.",
                markdown::code(wire)
            ));
        }
        facts
    }

    /// One alternative, as links to the types that hold it.
    fn login(&self, set: &[String]) -> String {
        if set.is_empty() {
            return "none".to_owned();
        }
        let schemes = &self.context.api.schemes;
        let name = |scheme: &String| match schemes.iter().position(|known| known.name == *scheme) {
            Some(index) => {
                let name = &self.context.names.credential(index).type_name;
                format!("[`{name}`](super::{name})")
            }
            None => markdown::code(scheme),
        };
        let names: Vec<String> = set.iter().map(name).collect();
        names.join(" with ")
    }

    fn argument_docs(&self) -> Vec<Docs> {
        let named = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut list = Vec::new();
        for (parameter, name) in named.filter(|(parameter, _)| parameter.required) {
            let mut lines = self.parameter_docs(parameter).into_iter();
            list.push(format!("- `{name}`: {}", lines.next().unwrap_or_default()));
            list.extend(lines.map(|line| if line.is_empty() { line } else { format!("  {line}") }));
        }
        if list.is_empty() { Vec::new() } else { vec![vec!["# Arguments".to_owned()], list] }
    }

    fn error_docs(&self) -> Docs {
        let mut lines = vec!["# Errors".to_owned(), String::new()];
        if self.operation.errors.is_empty() {
            lines.push(
                "The document lists none; every status but success is unexpected.".to_owned(),
            );
            return lines;
        }
        let name = &self.names.error;
        lines.push(format!("The document lists these ([`{name}`](super::operations::{name})):"));
        lines.push(String::new());
        for (outcome, variant) in self.operation.errors.iter().zip(&self.names.errors) {
            let words = markdown::inline(&outcome.description);
            let words = if words.is_empty() { variant.clone() } else { words };
            lines.push(format!("- {}: {}", status_words(outcome.status), docs::sentence(&words)));
        }
        lines
    }
}

/// A status in words: `404`, `4XX`, `any other status`.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other status".to_owned(),
    }
}
