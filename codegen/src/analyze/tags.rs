//! Which tags need which schemas: what has to be there for one part of an API to work alone.
//!
//! An operation belongs to its first tag, and a callback where the operations do that ask for it.
//! Webhooks are a part of their own, which is that of a tag `webhooks` where there is one. A schema is needed wherever an operation mentions it,
//! directly or through other schemas, so whatever needs a schema needs all that it mentions.

use std::collections::BTreeSet;

use super::children;
use super::direction::{received, sent};
use crate::ir::{Api, Cause, Operation, Origin, SchemaId};

/// What the part of the webhooks is called.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// The tags that operations belong to, and what each needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tags {
    names: Vec<String>,
    operations: Vec<Option<usize>>,
    /// The part of the webhooks, where there is any.
    webhooks: Option<usize>,
    schemas: Vec<Need>,
}

/// Who needs something: tags by position. Behind the last tag comes the part of the webhooks, if it
/// has one of its own, then whoever wants the types that nothing mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Need {
    /// An operation without a tag, and so everybody.
    pub(crate) everyone: bool,
    /// These tags.
    pub(crate) tags: BTreeSet<usize>,
}

impl Tags {
    /// The names of the tags, in the order in which operations mention them.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The tag that the operation at this position belongs to.
    pub(crate) fn of_operation(&self, index: usize) -> Option<usize> {
        self.operations[index]
    }

    /// Who needs a schema.
    pub(crate) fn of_schema(&self, id: SchemaId) -> &Need {
        &self.schemas[id.0]
    }

    /// Who needs what these operations have in common.
    pub(crate) fn of_operations(&self, indices: &[usize]) -> Need {
        let mut need = Need::default();
        for index in indices {
            match self.operations[*index] {
                Some(tag) => need.tags.extend([tag]),
                None => need.everyone = true,
            }
        }
        need
    }

    /// Whether the webhooks are a part that no tag is.
    pub(crate) fn has_own_webhooks(&self) -> bool {
        self.webhooks == Some(self.names.len())
    }

    /// How many parts there are to choose from: tags, and webhooks that are no tag's.
    pub(crate) fn parts(&self) -> usize {
        self.names.len() + usize::from(self.has_own_webhooks())
    }

    /// Whether there are types that nothing mentions.
    pub(crate) fn has_unmentioned(&self) -> bool {
        self.schemas.iter().any(|need| need.tags.contains(&self.parts()))
    }
}

/// Follows the schemas of every operation.
pub(super) fn of(api: &Api) -> Tags {
    let mut names: Vec<String> = Vec::new();
    let mut operations = Vec::with_capacity(api.operations.len());
    for operation in &api.operations {
        operations.push(operation.tags.first().map(|tag| {
            names.iter().position(|known| known == tag).unwrap_or_else(|| {
                names.push(tag.clone());
                names.len() - 1
            })
        }));
    }
    let is_webhook = api.hooks.iter().any(|hook| matches!(hook.cause, Cause::Webhook));
    let known = names.iter().position(|name| name.eq_ignore_ascii_case(WEBHOOKS));
    let webhooks = is_webhook.then(|| known.unwrap_or(names.len()));
    let schemas = vec![Need::default(); api.schemas.len()];
    let mut tags = Tags { names, operations, webhooks, schemas };
    for (index, operation) in api.operations.iter().enumerate() {
        let need = tags.of_operations(&[index]);
        tags.note(api, mentioned(operation), &need);
    }
    for hook in &api.hooks {
        let need = match &hook.cause {
            Cause::Webhook => tags.of_webhooks(),
            Cause::Callback { owners, .. } => tags.of_operations(owners),
        };
        tags.note(api, vec![hook.payload], &need);
    }
    tags.note(api, api.event.into_iter().collect(), &tags.of_webhooks());
    let alone = |id: &SchemaId| {
        let need = &tags.schemas[id.0];
        matches!(api.schema(*id).origin, Origin::Component(_)) && *need == Need::default()
    };
    let alone = (0..api.schemas.len()).map(SchemaId).filter(alone).collect();
    let rest = Need { everyone: false, tags: BTreeSet::from([tags.parts()]) };
    tags.note(api, alone, &rest);
    tags
}

impl Tags {
    fn of_webhooks(&self) -> Need {
        Need { everyone: false, tags: self.webhooks.into_iter().collect() }
    }

    /// Whoever has this need also needs these schemas.
    fn note(&mut self, api: &Api, schemas: Vec<SchemaId>, need: &Need) {
        for id in reached(api, schemas) {
            let known = &mut self.schemas[id.0];
            known.everyone |= need.everyone;
            known.tags.extend(&need.tags);
        }
    }
}

fn mentioned(operation: &Operation) -> Vec<SchemaId> {
    [sent(operation), received(operation)].concat()
}

/// These schemas and all they mention, each once. What is named by an alias counts as well: a type
/// is spelled by the schema at the end of the chain.
fn reached(api: &Api, mut open: Vec<SchemaId>) -> BTreeSet<SchemaId> {
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(children(api, id));
        }
    }
    seen
}
