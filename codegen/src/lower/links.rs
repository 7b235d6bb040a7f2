//! Links: what an answer is good for next (OpenAPI 3.0.3, Link Object).

use openapiv3::{Link, LinkOperation, Operation as Raw};
use serde_json::Value;

use super::{Lowerer, resolve};
use crate::ir::{self, LinkTarget};
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    /// The links of all answers of an operation, each once.
    pub(super) fn links(&self, raw: &'d Raw, site: &Pointer) -> Vec<ir::Link> {
        let components = self.document.components.as_ref();
        let responses = components.map(|all| &all.responses);
        let links = components.map(|all| &all.links);
        let place = site.push("responses");
        let each = raw.responses.responses.iter().map(|(status, one)| (status.to_string(), one));
        let default = raw.responses.default.iter().map(|one| ("default".to_owned(), one));
        let mut all: Vec<ir::Link> = Vec::new();
        for (status, response) in each.chain(default) {
            let found = resolve(response, place.push(&status), "responses", responses);
            let Some((response, at)) = found else { continue };
            for (name, link) in &response.links {
                let here = at.push("links").push(name);
                let Some((link, _)) = resolve(link, here.clone(), "links", links) else { continue };
                let description = self.described(&here, link.description.as_deref());
                let link = ir::Link { description, ..lowered(name, link) };
                if !all.contains(&link) {
                    all.push(link);
                }
            }
        }
        all
    }
}

fn lowered(name: &str, link: &Link) -> ir::Link {
    let target = match &link.operation {
        LinkOperation::OperationId(id) => LinkTarget::Id(id.clone()),
        LinkOperation::OperationRef(reference) => match Pointer::from_reference(reference) {
            Some(at) => LinkTarget::At(at),
            None => LinkTarget::Elsewhere(reference.clone()),
        },
    };
    let parameters = link.parameters.iter().map(|(name, value)| (name.clone(), text(value)));
    ir::Link {
        name: name.to_owned(),
        target,
        parameters: parameters.collect(),
        body: link.request_body.as_ref().map(text),
        server: link.server.as_ref().map(|server| server.url.clone()),
        description: None,
    }
}

/// An expression or a text as it is, any other value as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
