//! The documentation of an operation: what its method says, and what its arguments do.

use super::super::{Docs, docs, links, markdown, pages, waiters};
use super::{Call, answers, bodies, status_words};
use crate::ir::{self, Body, Content, ContentKind, Kind, Located, Parameter, Place, StyleForm};

impl Call<'_> {
    pub(super) fn parameter_docs(&self, parameter: &Parameter) -> Docs {
        let api = self.context.api;
        let text = docs::of_both(&parameter.docs, Some(parameter.schema), api);
        let wire = markdown::code(&parameter.wire);
        let what = match parameter.place {
            Place::Path => format!("The part {wire} of the path."),
            Place::Query => format!("The parameter {wire} of the query."),
            Place::Header => format!("The header {wire}."),
            Place::Cookie => format!("The cookie {wire}."),
        };
        let words = docs::of_schema(&text, &what);
        docs::join(std::iter::once(words).chain(self.context.insides(parameter.schema)).collect())
    }

    /// What the document says of a body, or else of its one schema at this place, and of what is inside
    /// of that; else `fallback`, which may be nothing.
    pub(super) fn body_docs(&self, body: &Body, fallback: &str) -> Docs {
        let (said, insides) = self.body_words(body);
        let words = docs::of_schema(&said, fallback);
        docs::join(std::iter::once(words).chain(insides).collect())
    }

    fn body_words(&self, body: &Body) -> (ir::Docs, Option<Docs>) {
        let [content] = body.contents.as_slice() else { return (body.docs.clone(), None) };
        let (said, insides) = self.content_words(content);
        (body.docs.clone().over(&said), insides)
    }

    /// What the document says of one body that no type tells, and of what is inside of it.
    pub(super) fn content_words(&self, content: &Content) -> (ir::Docs, Option<Docs>) {
        match content.kind {
            ContentKind::Json(schema) | ContentKind::Form(schema, _) => {
                let said = self.context.said_here(schema).unwrap_or_default();
                (said.into_owned(), self.context.insides(schema))
            }
            ContentKind::Text | ContentKind::Bytes | ContentKind::Multipart(_) => {
                (content.raw.docs.clone(), None)
            }
        }
    }

    pub(super) fn call_docs(&self) -> Docs {
        docs::join(vec![
            vec![format!("The call that {} prepares.", self.context.method_link(self.index))],
            vec![self.request_line()],
        ])
    }

    /// `POST /path` as it goes over the wire.
    pub(super) fn request_line(&self) -> String {
        markdown::code(&format!("{} {}", self.operation.method, self.operation.path))
    }

    pub(super) fn method_docs(&self) -> Docs {
        let text = &self.operation.docs;
        let words = ir::Docs {
            constraints: Vec::new(),
            links: Vec::new(),
            deprecated: false,
            ..text.clone()
        };
        let mut sections = vec![docs::of_schema(&words, &self.request_line())];
        sections.extend(docs::deprecated(text.deprecated));
        if sections.first() != Some(&vec![self.request_line()]) {
            sections.push(vec![self.request_line()]);
        }
        sections.push(self.facts());
        let (_, payload) = self.success();
        // Of several answers each variant has its own words.
        let is_one = self.names.ways.first().is_none_or(|way| way.answer.is_none());
        sections.extend(
            payload.filter(|_| is_one).and_then(|payload| self.context.payload_docs(payload)),
        );
        sections.extend(self.argument_docs());
        sections.extend(self.header_docs());
        sections.extend(self.example().map(|example| example.section()));
        sections.push(self.error_docs());
        sections.extend(links::docs(self.context, &self.operation.links));
        sections.extend(docs::links(text));
        docs::join(sections)
    }

    /// What the wire and the account need, as a list.
    pub(super) fn facts(&self) -> Docs {
        let (_, payload) = self.success();
        let mut facts = Vec::new();
        if let Some(version) = &self.operation.version {
            facts.push(format!("- Version {}.", markdown::code(version)));
        }
        if let Some(day) = &self.operation.sunset {
            facts.push(format!("- Out of service from {}.", markdown::inline(day)));
        }
        let named = |one: &Content| markdown::code(one.range.as_ref().unwrap_or(&one.media_type));
        let sent: Vec<String> = self.contents().iter().map(named).collect();
        if !sent.is_empty() {
            facts.push(format!("- Sends {}.", sent.join(" or ")));
        }
        let mut open = self.contents().iter().filter_map(|one| Some((one.range.as_ref()?, one)));
        if let Some((range, content)) = open.next() {
            let (range, usual) = (markdown::code(range), markdown::code(&content.media_type));
            facts.push(match content.kind {
                ContentKind::Text => format!("- Of {range} it is {usual}."),
                ContentKind::Json(_)
                | ContentKind::Form(..)
                | ContentKind::Multipart(_)
                | ContentKind::Bytes => format!(
                    "- Of {range} the body says which it is, by `with_media_type`; {usual} else."
                ),
            });
        }
        let of_parts = self.operation.body.as_ref().filter(|_| self.whole_body().is_none());
        if let Some(body) = of_parts {
            let words = docs::in_a_line(&self.body_words(body).0);
            facts.extend((!words.is_empty()).then(|| format!("- The body: {words}")));
        }
        facts.extend(self.nulls());
        if self.operation.parts().iter().any(|part| part.kind.is_file()) {
            facts.push(
                "- A file has a name if it is sent as \
                 [`Part::file(name, bytes)`](specwright_runtime::Part::file)."
                    .to_owned(),
            );
        }
        facts.extend(self.operation.parts().iter().filter_map(bodies::part_types));
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

    /// The fields of a form that are left out where their value is null.
    fn nulls(&self) -> Option<String> {
        let api = self.context.api;
        let mut names = Vec::new();
        for content in self.contents() {
            let ContentKind::Form(schema, styles) = &content.kind else { continue };
            let Kind::Object(object) = &api.resolved(*schema).kind else { continue };
            let is_json = |wire: &str| {
                styles.iter().any(|(name, style)| name == wire && style.form == StyleForm::Json)
            };
            let nullable = object.properties.iter().filter(|property| {
                api.nullable(property.schema)
                    && !api.read_only(property.schema)
                    && !is_json(&property.wire)
            });
            names.extend(nullable.map(|property| markdown::code(&property.wire)));
        }
        (!names.is_empty())
            .then(|| format!("- A form has no null; left out instead: {}.", names.join(", ")))
    }

    /// One alternative, as links to the types that hold it.
    pub(super) fn login(&self, set: &[String]) -> String {
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

    pub(super) fn argument_docs(&self) -> Vec<Docs> {
        let named = self.operation.parameters.iter().zip(&self.names.parameters);
        let mut list = Vec::new();
        for (parameter, name) in named.filter(|(parameter, _)| parameter.required) {
            list.extend(markdown::behind(format!("- `{name}`:"), self.parameter_docs(parameter)));
        }
        let body = self.whole_body().filter(|body| body.required);
        if let Some(words) = body.map(|body| self.body_docs(body, "")).filter(|all| !all.is_empty())
        {
            list.extend(markdown::behind("- `body`:".to_owned(), words));
        }
        for (part, name) in self.parts().filter(|(part, _)| self.is_needed(part)) {
            list.extend(markdown::behind(format!("- `{name}`:"), self.part_docs(part)));
        }
        if list.is_empty() { Vec::new() } else { vec![vec!["# Arguments".to_owned()], list] }
    }

    pub(super) fn error_docs(&self) -> Docs {
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
            let status = status_words(outcome.status);
            let said = docs::of_status(&status, &outcome.description, variant);
            lines.extend(markdown::behind("-".to_owned(), said));
        }
        lines
    }
}
