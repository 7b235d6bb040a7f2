//! A crate's surface, read from a source written by hand.

use std::collections::BTreeSet;

use super::program::Program;
use super::rust::{Spelling, bare};
use super::signatures;

const CLIENT: &str = "
pub struct Client { core: v1::Core }
impl Client {
    pub fn builder() -> specwright_runtime::ClientBuilder<Self> { todo!() }
    pub fn keep(
        &self,
        group_id: impl AsRef<str>,
        tags: impl IntoIterator<Item = impl AsRef<str>>,
        body: super::types::Kept,
    ) -> super::operations::Keep { todo!() }
    pub fn watch(&self) -> super::operations::Watch { todo!() }
    pub fn upload(&self, file: impl Into<specwright_runtime::Part>) -> super::operations::Upload { todo!() }
}
";

const OPERATIONS: &str = "
pub struct Keep { call: v1::Call }
impl Keep {
    pub(super) fn new(core: &v1::Core) -> Self { todo!() }
    pub fn pretty(mut self, pretty: bool) -> Self { todo!() }
    pub fn send(self) -> specwright_runtime::ResponseFuture<super::types::Kept, KeepError> { todo!() }
    pub fn send_with_metadata(self)
        -> specwright_runtime::ResponseFuture<specwright_runtime::Response<super::types::Kept>, KeepError> { todo!() }
    pub fn send_csv(self) -> specwright_runtime::ResponseFuture<String, KeepError> { todo!() }
    pub fn send_stream(self) -> specwright_runtime::ResponseFuture<Stream, KeepError> { todo!() }
}
pub struct Upload { call: v1::Call }
impl Upload {
    pub fn send(self) -> specwright_runtime::ResponseFuture<(), specwright_runtime::NoError> { todo!() }
}
pub struct Watch { call: v1::Call }
impl Watch {
    pub fn send(self) -> specwright_runtime::ResponseFuture<specwright_runtime::EventStream<super::types::Kept>, KeepError> { todo!() }
}
pub enum SharedError {
    NotFound(specwright_runtime::ErrorBody<super::types::Problem>),
    Gone,
}
pub type KeepError = SharedError;
";

/// Struct and call of one name, which only the module tells apart.
const TYPES: &str =
    "pub struct Keep {} impl Keep { pub fn with_a(mut self, a: i32) -> Self { self } }";

fn surface() -> signatures::Surface {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("src");
    std::fs::create_dir_all(source.join("types")).unwrap();
    for (file, text) in
        [("client.rs", CLIENT), ("operations.rs", OPERATIONS), ("types/family.rs", TYPES)]
    {
        std::fs::write(source.join(file), text).unwrap();
    }
    signatures::read(folder.path(), "client").unwrap()
}

#[test]
fn what_a_user_could_call() {
    let surface = surface();
    let keep = &surface.methods["keep"];
    let taken: Vec<(&str, Option<&str>)> =
        keep.arguments.iter().map(|(name, ty)| (name.as_str(), ty.as_deref())).collect();
    let expected = [
        ("group_id", Some("String")),
        ("tags", Some("Vec<String>")),
        ("body", Some("client::types::Kept")),
    ];
    assert_eq!(taken, expected);
    let call = &surface.calls["Keep"];
    assert_eq!(call.setters, [("pretty".to_owned(), Some("bool".to_owned()))]);
    let variants = surface.variants("client::operations::KeepError").unwrap();
    assert_eq!(variants.len(), 2, "a second name is followed");
}

#[test]
fn a_way_to_send_is_used_once() {
    let surface = surface();
    let mut program = Program::default();
    let callables = program.method("client", "keep", &surface).unwrap();
    let sends: Vec<&str> = callables.iter().map(|one| one.send.as_str()).collect();
    assert_eq!(sends, ["send", "send_csv"], "with metadata where there is, and no stream");
    assert_eq!(callables[0].takes, ["group_id", "tags", "body", "pretty"]);
    assert!(program.method("client", "watch", &surface).is_err(), "many values are not judged");
    assert!(program.method("client", "upload", &surface).is_err(), "a part is no JSON");
    let text = program.finish();
    assert!(syn::parse_file(&text).is_ok(), "{text}");
    assert!(text.contains("call.send_with_metadata()"), "{text}");
}

#[test]
fn types_are_spelled_from_outside() {
    let siblings = BTreeSet::from(["KeepError".to_owned()]);
    let spelling = Spelling { krate: "client", siblings: &siblings };
    let check = |given: &str, expected: Option<&str>| {
        let ty = syn::parse_str(given).unwrap();
        assert_eq!(spelling.ty(&ty).as_deref(), expected, "{given}");
    };
    check("super::super::types::A", Some("client::types::A"));
    check("Option<Vec<super::types::A>>", Some("Option<Vec<client::types::A>>"));
    check("KeepError", Some("client::operations::KeepError"));
    check("specwright_runtime::uuid::Uuid", Some("specwright_runtime::uuid::Uuid"));
    check("()", Some("()"));
    check("&str", None);
}

#[test]
fn names_are_compared_without_their_case() {
    assert_eq!(bare("r#type"), bare("Type"));
    assert_eq!(bare("X-Request-Id"), bare("x_request_id"));
}
