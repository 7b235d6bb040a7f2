//! Webhooks and callbacks: what the API sends, by what it holds.
//!
//! ```yaml
//! webhooks:
//!   invoice.paid:
//!     post:
//!       requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}
//! ```
//! is a `Hook` called `invoice.paid` whose payload is `Paid`. Where a property tells the payloads of
//! all webhooks apart, there is a schema of any of them besides.

use std::collections::BTreeSet;

use super::Lowerer;
use super::compose::Word;
use super::operation::prose;
use super::schema::{Site, part_of_name};
use super::union::{Alternative, Pending};
use crate::diagnostics::Code;
use crate::ir::{self, Cause, Docs, Object, Operation, SchemaId};
use crate::normalise::{self, Hook};
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    /// The hooks that bring JSON.
    pub(super) fn hooks(&mut self, hooks: &'d [Hook], operations: &[Operation]) -> Vec<ir::Hook> {
        hooks.iter().filter_map(|hook| self.hook(hook, operations)).collect()
    }

    fn hook(&mut self, hook: &'d Hook, operations: &[Operation]) -> Option<ir::Hook> {
        // POST is the method of hooks; any other is part of the name.
        let name = match hook.method.as_str() {
            "post" => hook.name.clone(),
            method => format!("{} {method}", hook.name),
        };
        let payload = self.hook_payload(hook, &name)?;
        Some(ir::Hook {
            at: hook.at.clone(),
            name,
            cause: cause(&hook.cause, operations),
            payload,
            docs: prose(&hook.operation),
        })
    }

    /// The schema of the body, if that is JSON.
    fn hook_payload(&mut self, hook: &'d Hook, name: &str) -> Option<SchemaId> {
        let map = self.document.components.as_ref().map(|all| &all.request_bodies);
        let declared = hook.operation.request_body.as_ref();
        let body = declared.and_then(|body| {
            super::resolve(body, hook.at.push("requestBody"), "requestBodies", map)
        });
        let found = body.as_ref().and_then(|(body, at)| {
            let json = |(name, media): &(&String, &openapiv3::MediaType)| {
                media.schema.is_some() && self.is_json_body(name, media)
            };
            let chosen = self.distinct(&body.content, |_| None);
            let first = chosen.first().copied().filter(json)?;
            Some((at.push("content"), first, chosen))
        });
        let Some((content, (media_type, media), chosen)) = found else {
            self.warn(
                Code::Ignored,
                format!("`{name}` brings no JSON that the document describes: it has no type"),
                &hook.at,
                "read what arrives yourself",
            );
            return None;
        };
        for (other, _) in chosen.iter().skip(1) {
            self.warn(
                Code::Ignored,
                format!("`{name}` has a type as `{media_type}`, and none as `{other}`"),
                &content.push(other),
                "read such a body yourself; of several media types the first that is JSON has a type",
            );
        }
        let path = vec![part_of_name(name), "payload".to_owned()];
        let at = content.push(media_type).push("schema");
        Some(self.schema(media.schema.as_ref()?.into(), &Site { at, path }))
    }

    /// Any of the webhooks, where their payloads are objects that a property tells apart.
    pub(super) fn event(&mut self, hooks: &[ir::Hook]) -> Option<SchemaId> {
        let mut seen = BTreeSet::new();
        let webhooks = hooks.iter().filter(|hook| matches!(hook.cause, Cause::Webhook));
        let distinct = webhooks.filter(|hook| seen.insert(self.target(hook.payload)));
        let mut alternatives: Vec<Alternative> = distinct.map(alternative).collect();
        let site =
            Site { at: Pointer::root().push("webhooks"), path: vec!["webhook event".to_owned()] };
        let pending = Pending {
            site: site.clone(),
            word: Word::OneOf,
            alternatives: Vec::new(),
            second: Vec::new(),
            property: None,
            is_told_around: false,
            base: self.base_of(&site),
            own: Object::default(),
            scalar: None,
        };
        let kind = self.by_tag(&mut alternatives, &pending, &site)?;
        let words = "What any of the webhooks brings.";
        let docs = Docs { description: Some(words.to_owned()), ..Docs::default() };
        Some(self.made_up(&site, docs, kind))
    }
}

fn alternative(hook: &ir::Hook) -> Alternative {
    Alternative {
        schema: hook.payload,
        tags: Vec::new(),
        name: hook.name.clone(),
        is_named: true,
        at: hook.at.clone(),
        is_base: false,
        is_made: false,
    }
}

fn cause(cause: &normalise::Cause, operations: &[Operation]) -> Cause {
    match cause {
        normalise::Cause::Webhook => Cause::Webhook,
        normalise::Cause::Callback { expression, owners } => {
            let all = operations.iter().enumerate();
            let is_owner = |(_, one): &(usize, &Operation)| owners.contains(&one.at);
            let owners = all.filter(is_owner).map(|(index, _)| index).collect();
            Cause::Callback { expression: expression.clone(), owners }
        }
    }
}
