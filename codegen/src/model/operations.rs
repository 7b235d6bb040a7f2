//! Calls: what a method takes, what can be set, what comes back.

mod answers;
mod bodies;
mod example;
mod files;
mod words;

use self::bodies::part_place;
pub(super) use self::example::Example;
use super::alias::alias;
use super::build::Context;
use super::types::{Scalar, Type};
use super::{
    Argument, ArgumentPlace, Input, Operation, Payload, Request, Setter, docs, pages, waiters,
};
use crate::ir::{self, Body, Kind, Located, Parameter, Place, Status, StyleForm};
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
            let docs = self.body_docs(body, "The body to send.");
            Setter { docs, deprecated: None, name: "body".to_owned(), input, place }
        }));
        let parts = self.parts().filter(|(part, _)| !self.is_needed(part));
        setters.extend(parts.map(|(part, name)| {
            // The body may be left out as a whole; with any part there is one.
            let required = part.required.then(|| vec!["Required in any body.".to_owned()]);
            let docs = std::iter::once(self.part_docs(part)).chain(required);
            Setter {
                docs: docs::join(docs.collect()),
                deprecated: None,
                name: name.clone(),
                input: self.part_input(part),
                place: part_place(part),
            }
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
}

/// A status in words: `404`, `4XX`, `any other status`.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other status".to_owned(),
    }
}
