//! Links: what an answer is good for next (OpenAPI 3.0.3, Link Object).

use openapiv3::{Link, LinkOperation, Operation as Raw};
use serde_json::Value;

use super::{Lowerer, resolve};
use crate::ir::{self, LinkTarget};
use crate::pointer::Pointer;

impl<'d> Lowerer<'d> {
    /// The links of all answers of an operation, each once.
    pub(super) fn links(&self, raw: &'d Raw) -> Vec<ir::Link> {
        let components = self.document.components.as_ref();
        let responses = components.map(|all| &all.responses);
        let links = components.map(|all| &all.links);
        let mut all: Vec<ir::Link> = Vec::new();
        for response in raw.responses.responses.values().chain(&raw.responses.default) {
            let found = resolve(response, Pointer::root(), "responses", responses);
            for (name, link) in found.into_iter().flat_map(|(response, _)| &response.links) {
                let link = resolve(link, Pointer::root(), "links", links);
                let link = link.map(|(link, _)| lowered(name, link));
                all.extend(link.filter(|link| !all.contains(link)));
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
        description: link.description.clone(),
    }
}

/// An expression or a text as it is, any other value as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
