//! The finished table.

use std::collections::BTreeMap;

use super::layout::Layout;
use crate::ir::SchemaId;

/// Which of the two types of a split schema; a schema that is not split has only the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The schema's own type; of a split schema, what is received.
    Plain,
    /// What is sent of a split schema.
    Input,
}

/// Names of everything the output declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameTable {
    pub(super) types: BTreeMap<(SchemaId, Side), String>,
    pub(super) fields: BTreeMap<SchemaId, Vec<String>>,
    pub(super) defaults: BTreeMap<SchemaId, Vec<Option<String>>>,
    pub(super) additional: BTreeMap<SchemaId, String>,
    pub(super) variants: BTreeMap<SchemaId, Vec<String>>,
    pub(super) operations: Vec<OperationNames>,
    pub(super) errors: Vec<String>,
    pub(super) headers: Vec<String>,
    pub(super) hooks: Vec<String>,
    pub(super) waiters: Vec<WaiterNames>,
    pub(super) starts: Vec<String>,
    pub(super) credentials: Vec<CredentialNames>,
    pub(super) groups: Vec<GroupNames>,
    pub(super) layout: Layout,
}

/// Names of one operation.
#[derive(Clone, Debug)]
pub(crate) struct OperationNames {
    /// The group whose method it is; without one it is the client's.
    pub(crate) group: Option<usize>,
    /// The client's method.
    pub(crate) method: String,
    /// The struct that is the call.
    pub(crate) call: String,
    /// The static that describes it.
    pub(crate) metadata: String,
    /// Its error type.
    pub(crate) error: String,
    /// One name a parameter, in the order of the `ir`.
    pub(crate) parameters: Vec<String>,
    /// One variant a documented error, in the order of the `ir`.
    pub(crate) errors: Vec<String>,
    /// One name a part of a multipart body, in the order of the `ir`.
    pub(crate) parts: Vec<String>,
    /// The enum of bodies, where the document offers several.
    pub(crate) body: Option<EnumNames>,
    /// The ways to send it: the usual one, then one for each further media type of its answer.
    pub(crate) ways: Vec<WayNames>,
    /// The methods that read its answers page by page, where they come in pages.
    pub(crate) pages: Option<PageNames>,
}

/// Names of the methods of a call whose answers come in pages.
#[derive(Clone, Debug)]
pub(crate) struct PageNames {
    /// The method that gives the items of all pages.
    pub(crate) items: String,
    /// The method that gives the pages.
    pub(crate) pages: String,
}

/// Names of one waiter.
#[derive(Clone, Debug)]
pub(crate) struct WaiterNames {
    /// The method of the call that is made again and again.
    pub(crate) method: String,
    /// The method beside that of the operation, where the document names the waiter.
    pub(crate) client: Option<String>,
}

/// Names of one way to send a call.
#[derive(Clone, Debug)]
pub(crate) struct WayNames {
    /// The method that gives the body.
    pub(crate) send: String,
    /// The method that gives status and headers with it.
    pub(crate) with_metadata: String,
    /// The method that gives the body as it arrives.
    pub(crate) stream: String,
    /// The enum of successes, where they differ.
    pub(crate) answer: Option<EnumNames>,
}

impl WayNames {
    /// The usual way, then the others: `sends` has three names for each.
    pub(super) fn of(sends: Vec<String>, answers: Vec<Option<EnumNames>>) -> Vec<Self> {
        let usual = ["send", "send_with_metadata", "send_stream"].map(str::to_owned);
        let mut names = usual.into_iter().chain(sends);
        let mut ways = Vec::with_capacity(answers.len());
        for answer in answers {
            let (Some(send), Some(with_metadata), Some(stream)) =
                (names.next(), names.next(), names.next())
            else {
                return ways;
            };
            ways.push(Self { send, with_metadata, stream, answer });
        }
        ways
    }
}

/// Names of an enum that belongs to one operation.
#[derive(Clone, Debug)]
pub(crate) struct EnumNames {
    /// The enum.
    pub(crate) name: String,
    /// Its variants, in the order of the `ir`.
    pub(crate) variants: Vec<String>,
}

/// Names of one credential type.
#[derive(Clone, Debug)]
pub(crate) struct CredentialNames {
    /// The type.
    pub(crate) type_name: String,
    /// The arguments of its constructor.
    pub(crate) arguments: Vec<String>,
}

/// Names of the group of one tag.
#[derive(Clone, Debug)]
pub(crate) struct GroupNames {
    /// The struct.
    pub(crate) type_name: String,
    /// The client's method that gives one.
    pub(crate) accessor: String,
}

impl NameTable {
    /// The type of a schema, where it has one of its own.
    pub(crate) fn type_name(&self, id: SchemaId, side: Side) -> Option<&str> {
        self.types.get(&(id, side)).map(String::as_str)
    }

    /// The fields of an object, in the order of its properties.
    pub(crate) fn fields(&self, id: SchemaId) -> &[String] {
        self.fields.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The constants for the defaults of an object's fields, in the order of its properties.
    pub(crate) fn defaults(&self, id: SchemaId) -> &[Option<String>] {
        self.defaults.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The field that keeps undeclared properties.
    pub(crate) fn additional(&self, id: SchemaId) -> Option<&str> {
        self.additional.get(&id).map(String::as_str)
    }

    /// The variants of an enum or union, in the order of the document.
    pub(crate) fn variants(&self, id: SchemaId) -> &[String] {
        self.variants.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The names of the operation at this position.
    pub(crate) fn operation(&self, index: usize) -> &OperationNames {
        &self.operations[index]
    }

    /// The names of the waiter at this position.
    pub(crate) fn waiter(&self, index: usize) -> &WaiterNames {
        &self.waiters[index]
    }

    /// The method of the call at this position of those that begin something.
    pub(crate) fn start(&self, index: usize) -> &str {
        &self.starts[index]
    }

    /// The error enum of the signature at this position.
    pub(crate) fn error_enum(&self, index: usize) -> &str {
        &self.errors[index]
    }

    /// The groups, one a tag, if the user wants any.
    pub(crate) fn groups(&self) -> &[GroupNames] {
        &self.groups
    }

    /// Which module holds what.
    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The constant of the distinct header at this position.
    pub(crate) fn header(&self, index: usize) -> &str {
        &self.headers[index]
    }

    /// The function that reads the hook at this position.
    pub(crate) fn hook(&self, index: usize) -> &str {
        &self.hooks[index]
    }

    /// The names of the scheme at this position.
    pub(crate) fn credential(&self, index: usize) -> &CredentialNames {
        &self.credentials[index]
    }
}
