//! Which tags need which schemas: what has to be there for one part of an API to work alone.
//!
//! An operation belongs to its first tag. A schema is needed wherever an operation mentions it,
//! directly or through other schemas, so whatever needs a schema needs all that it mentions.

use std::collections::BTreeSet;

use super::children;
use super::direction::{received, sent};
use crate::ir::{Api, Operation, Origin, SchemaId};

/// The tags that operations belong to, and what each needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tags {
    names: Vec<String>,
    operations: Vec<Option<usize>>,
    schemas: Vec<Need>,
}

/// Who needs something: tags by position, where the position behind the last tag stands for
/// whoever wants the types that no operation mentions.
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

    /// Whether there are types that no operation mentions.
    pub(crate) fn has_unmentioned(&self) -> bool {
        self.schemas.iter().any(|need| need.tags.contains(&self.names.len()))
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
    let mut schemas = vec![Need::default(); api.schemas.len()];
    for (operation, tag) in api.operations.iter().zip(&operations) {
        for id in reached(api, mentioned(operation)) {
            match tag {
                Some(tag) => schemas[id.0].tags.extend([*tag]),
                None => schemas[id.0].everyone = true,
            }
        }
    }
    let alone = |id: &SchemaId| {
        matches!(api.schema(*id).origin, Origin::Component(_)) && schemas[id.0] == Need::default()
    };
    let alone = (0..api.schemas.len()).map(SchemaId).filter(alone).collect();
    for id in reached(api, alone) {
        schemas[id.0].tags.extend([names.len()]);
    }
    Tags { names, operations, schemas }
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
