//! Calls: what a method takes, what can be set, what comes back.

mod answers;
mod bodies;
mod example;

use self::bodies::part_place;
pub(super) use self::example::Example;
use super::alias::alias;
use super::build::Context;
use super::types::{Scalar, Type};
use super::{
    Argument, ArgumentPlace, Docs, Input, Operation, Payload, Request, Setter, docs, links,
    markdown, pages, waiters,
};
use crate::ir::{
    self, Body, Content, ContentKind, Kind, Located, Parameter, Place, Status, StyleForm,
};
use crate::names::{OperationNames, Side};

/// One call an operation, in document order.
pub(super) fn operations(context: &Context<'_>) -> Vec<Operation> {
    let all = context.api.operations.iter().enumerate();
    all.map(|(index, operation)| {
        Call { context, index, operation, names: context.names.operation(index) }.build()
    })
    .collect()
}

/// The payload of an answer.
pub(super) fn received(context: &Context<'_>, payload: &ir::Payload) -> Payload {
    match payload {
        ir::Payload::Empty => Payload::Empty,
        // A stream that is one of several answers, or an error, is read whole.
        ir::Payload::Text { .. } | ir::Payload::Stream { .. } => Payload::Text,
        ir::Payload::Bytes { .. } => Payload::Bytes,
        ir::Payload::Json { schema, .. } => {
            Payload::Json(context.element_type(*schema, Side::Plain))
        }
    }
}

/// The first example that needs nothing from elsewhere.
pub(super) fn first_example(context: &Context<'_>) -> Option<Example> {
    let all = context.api.operations.iter().enumerate();
    let mut examples = all
        .filter(|(_, operation)| matches!(operation.located, Located::Client))
        .filter_map(|(index, operation)| {
            Call { context, index, operation, names: context.names.operation(index) }.example()
        });
    examples.find(Example::is_whole)
}

/// What the method of an operation takes, in order.
pub(super) fn arguments_of(context: &Context<'_>, index: usize) -> Vec<Argument> {
    let operation = &context.api.operations[index];
    let names = context.names.operation(index);
    Call { context, index, operation, names }.arguments()
}

struct Call<'a> {
    context: &'a Context<'a>,
    index: usize,
    operation: &'a ir::Operation,
    names: &'a OperationNames,
}

impl Call<'_> {
    fn build(&self) -> Operation {
        let (success, payload) = self.success();
        Operation {
            group: self.names.group,
            module: self.context.names.layout().of_operation(self.index),
            method_docs: self.method_docs(),
            alias: alias(&self.names.method, &self.operation.id),
            call_docs: self.call_docs(),
            method: self.names.method.clone(),
            call: self.names.call.clone(),
            call_path: self.context.call_path(&self.names.call),
            metadata: self.names.metadata.clone(),
            deprecated: self.deprecated(),
            request: self.request(success, payload),
            fixed: self.fixed(),
            arguments: self.arguments(),
            setters: self.setters(),
            pages: pages::paged(self.context, self.index),
            waits: waiters::waits(self.context, self.index),
            and_wait: waiters::and_wait(self.context, self.index),
            ways: self.ways(payload),
            bodies: self.bodies(),
            error: (!self.operation.errors.is_empty()).then(|| self.names.error.clone()),
        }
    }

    fn deprecated(&self) -> Option<String> {
        docs::deprecation(self.operation.docs.deprecated, self.operation.sunset.as_deref())
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
        Request {
            id: operation.id.clone(),
            http_method: operation.method.clone(),
            path: operation.path.clone(),
            accept: self.accept(payload),
            content_type: self.only_content().map(|content| content.media_type.clone()),
            success,
            security: operation.security.clone(),
            envelope: operation.envelope.clone(),
            nonempty: operation.nonempty,
            located: operation.located.clone(),
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
        arguments.extend(self.whole_body().filter(|body| body.required).map(|body| {
            let (input, place) = self.body(body);
            Argument { name: "body".to_owned(), input, place }
        }));
        let parts = self.parts().filter(|(part, _)| self.is_needed(part));
        arguments.extend(parts.map(|(part, name)| Argument {
            name: name.clone(),
            input: self.part_input(part),
            place: part_place(part),
        }));
        arguments
    }

    /// What is sent and nobody is asked for.
    fn fixed(&self) -> Vec<(ArgumentPlace, String)> {
        let each = self.operation.fixed.iter();
        each.map(|fixed| (self.place(&fixed.parameter), fixed.value.clone())).collect()
    }

    fn setters(&self) -> Vec<Setter> {
        let named = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut setters: Vec<Setter> = named
            .filter(|(parameter, _)| !parameter.required)
            .map(|(parameter, name)| Setter {
                docs: self.parameter_docs(parameter),
                deprecated: docs::deprecation(parameter.docs.deprecated, None),
                name: name.clone(),
                input: self.input(parameter),
                place: self.place(parameter),
            })
            .collect();
        setters.extend(self.whole_body().filter(|body| !body.required).map(|body| {
            let (input, place) = self.body(body);
            let docs = docs::of_schema(&self.body_words(body), "The body to send.");
            Setter { docs, deprecated: None, name: "body".to_owned(), input, place }
        }));
        let parts = self.parts().filter(|(part, _)| !self.is_needed(part));
        setters.extend(parts.map(|(part, name)| Setter {
            docs: self.part_docs(part),
            deprecated: None,
            name: name.clone(),
            input: self.part_input(part),
            place: part_place(part),
        }));
        setters
    }

    /// The body as one argument, unless its parts are.
    fn whole_body(&self) -> Option<&Body> {
        self.operation.body.as_ref().filter(|_| self.operation.parts().is_empty())
    }

    fn place(&self, parameter: &Parameter) -> ArgumentPlace {
        let wire = parameter.wire.clone();
        let style = parameter.style;
        let api = self.context.api;
        let kind = &api.resolved(parameter.schema).kind;
        let envelope = self.operation.envelope.as_ref();
        let plain = kind.is_single() && !style.reserved;
        match (parameter.place, style.form) {
            (Place::Path, StyleForm::Simple) if plain => ArgumentPlace::Path { wire },
            (Place::Header, StyleForm::Simple) if plain => ArgumentPlace::Header { wire },
            (Place::Query, _) if envelope.is_some_and(|known| known.parameter == wire) => {
                ArgumentPlace::Envelope
            }
            (Place::Query, StyleForm::Form) if plain => ArgumentPlace::Query { wire },
            (Place::Query, StyleForm::Form) if !style.reserved && self.lists_texts(kind) => {
                ArgumentPlace::QueryList { wire, explode: style.explode }
            }
            (place, _) => ArgumentPlace::Styled { place, wire, style },
        }
    }

    /// Whether a value is a list of single values.
    fn lists_texts(&self, kind: &Kind) -> bool {
        let single = |items: &ir::SchemaId| self.context.api.resolved(*items).kind.is_single();
        matches!(kind, Kind::Array(items) if single(items))
    }

    fn input(&self, parameter: &Parameter) -> Input {
        self.styled_input(parameter.schema)
    }

    /// How a value is taken that is no body.
    fn styled_input(&self, schema: ir::SchemaId) -> Input {
        match self.context.value_type(schema, Side::Input) {
            Type::Scalar(Scalar::String | Scalar::Secret) => Input::Text,
            Type::Vec(items) => match *items {
                Type::Scalar(Scalar::String | Scalar::Secret) => Input::EachText,
                // A list in a query has no spelling for null: it is left out by leaving it out.
                Type::Option(item) if *item == Type::string() => Input::EachText,
                Type::Option(item) => Input::Each(*item),
                item => Input::Each(item),
            },
            other => Input::Value(other),
        }
    }

    fn parameter_docs(&self, parameter: &Parameter) -> Docs {
        let api = self.context.api;
        let mut text = api.docs(parameter.schema).into_owned();
        // What a component says is not of this parameter alone; what stands in place is.
        let in_place = text.description.take().filter(|_| {
            parameter.docs.description.is_none() || !api.schema(parameter.schema).is_component()
        });
        text.description = both_words(parameter.docs.description.clone(), in_place);
        text.deprecated |= parameter.docs.deprecated;
        let what = format!("The parameter {}.", markdown::code(&parameter.wire));
        let words = docs::of_schema(&text, &what);
        docs::join(std::iter::once(words).chain(self.context.insides(parameter.schema)).collect())
    }

    /// What the document says of a body, or else of its one schema at this place.
    fn body_words(&self, body: &Body) -> ir::Docs {
        let schema = match body.contents.as_slice() {
            [Content { kind: ContentKind::Json(schema) | ContentKind::Form(schema, _), .. }] => {
                self.context.said_here(*schema)
            }
            _ => None,
        };
        let schema = schema.map(std::borrow::Cow::into_owned).unwrap_or_default();
        body.docs.clone().over(&schema)
    }

    fn call_docs(&self) -> Docs {
        docs::join(vec![
            vec![format!("The call that {} prepares.", self.context.method_link(self.index))],
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
        if let (_, Some(ir::Payload::Json { schema, .. })) = self.success() {
            sections.extend(self.context.answer_docs(*schema));
        }
        sections.extend(self.argument_docs());
        sections.extend(self.header_docs());
        sections.extend(self.example().map(|example| example.section()));
        sections.push(self.error_docs());
        sections.extend(links::docs(self.context, &self.operation.links));
        sections.extend(docs::link(text));
        docs::join(sections)
    }

    /// What the wire and the account need, as a list.
    fn facts(&self) -> Docs {
        let (_, payload) = self.success();
        let mut facts = Vec::new();
        if let Some(version) = &self.operation.version {
            facts.push(format!("- Version {}.", markdown::code(version)));
        }
        if let Some(day) = &self.operation.sunset {
            facts.push(format!("- Out of service from {}.", markdown::inline(day)));
        }
        let sent: Vec<String> =
            self.contents().iter().map(|one| markdown::code(&one.media_type)).collect();
        if !sent.is_empty() {
            facts.push(format!("- Sends {}.", sent.join(" or ")));
        }
        let of_parts = self.operation.body.as_ref().filter(|_| self.whole_body().is_none());
        if let Some(words) = of_parts.and_then(|body| body.docs.description.as_deref()) {
            let words = markdown::inline(words);
            facts.extend(
                (!words.is_empty()).then(|| format!("- The body: {}", docs::sentence(&words))),
            );
        }
        if self.operation.parts().iter().any(|part| part.kind.is_file()) {
            facts.push(
                "- A file has a name if it is sent as \
                 [`Part::file(name, bytes)`](specwright_runtime::Part::file)."
                    .to_owned(),
            );
        }
        if let Some(media_types) = self.accept(payload) {
            facts.push(format!("- Accepts {}.", answers::in_words(&media_types)));
        }
        facts.extend(self.only_answer());
        facts.extend(self.other_ways());
        facts.extend(pages::docs(self.context, self.index));
        facts.extend(waiters::and_wait_docs(self.context, self.index));
        match &self.operation.located {
            Located::Client => {}
            Located::Own(url) => facts.push(format!("- Server: {}.", markdown::code(url))),
            Located::Caller => facts.push(
                "- The document does not know its URL: say it with `CallOptions::url`.".to_owned(),
            ),
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
        for ir::FixedParameter { parameter, value } in &self.operation.fixed {
            let (wire, value) = (markdown::code(&parameter.wire), markdown::code(value));
            facts.push(format!(
                "- The parameter {wire} is always {value}, as the configuration says."
            ));
        }
        for wire in &self.operation.dropped {
            let wire = markdown::code(wire);
            facts.push(format!("- The parameter {wire} is left out by the configuration."));
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
                format!("[`{name}`]({})", self.context.root_path(name))
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
            list.extend(markdown::behind(format!("- `{name}`:"), self.parameter_docs(parameter)));
        }
        let body = self.whole_body().filter(|body| body.required);
        if let Some(words) = body.map(|body| self.body_words(body)).filter(ir::Docs::has_words) {
            list.extend(markdown::behind("- `body`:".to_owned(), docs::of_schema(&words, "")));
        }
        for (part, name) in self.parts().filter(|(part, _)| self.is_needed(part)) {
            list.extend(markdown::behind(format!("- `{name}`:"), self.part_docs(part)));
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
        let path = self.context.call_path(name);
        lines.push(format!("The document lists these ([`{name}`]({path})):"));
        lines.push(String::new());
        for (outcome, variant) in self.operation.errors.iter().zip(&self.names.errors) {
            let words = markdown::inline(&outcome.description);
            let words = if words.is_empty() { variant.clone() } else { words };
            lines.push(format!("- {}: {}", status_words(outcome.status), docs::sentence(&words)));
        }
        lines
    }
}

/// Two descriptions of one thing, each once.
fn both_words(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first.trim() != second.trim() => {
            Some(format!("{first}\n\n{second}"))
        }
        (first, second) => first.or(second),
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
