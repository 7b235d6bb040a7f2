//! What is wrong with a text, before it is known where.

use super::allowance::{REPEATED_NAMES, SHORTER_NAMES};
use super::tree::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic, Location};
use crate::pointer::Pointer;

/// So many of a sort are told one by one. Behind that a document was not written by hand, and whoever
/// makes it has one thing to mend.
pub(super) const TOLD: usize = 100;

/// Why the document is refused.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    code: Code,
    pub(super) message: String,
    help: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    pub(super) fn syntax(message: impl Into<String>) -> Self {
        Self::new(Code::Syntax, message)
    }

    /// Nesting, of which the parser or the scan in front of it had enough.
    pub(super) fn depth() -> Self {
        let message = format!("mappings and lists nest deeper than {MAX_DEPTH} levels");
        Self::new(Code::TooDeep, message)
            .help("make components of the inner parts and refer to them with `$ref`")
    }

    /// Aliases that multiply.
    pub(super) fn aliases() -> Self {
        Self::new(Code::TooLarge, "the aliases of the document expand beyond all bounds")
            .help("write the repeated parts as components and refer to them with `$ref`")
    }

    /// Names that everything below them repeats.
    pub(super) fn ways() -> Self {
        Self::new(Code::TooLarge, REPEATED_NAMES).help(SHORTER_NAMES)
    }

    /// A YAML merge key (YAML 1.1; it is gone from 1.2).
    pub(super) fn merge_key() -> Self {
        Self::new(Code::MergeKey, "YAML merge keys (`<<`) are not read")
            .help("write the members out, or use `allOf` with a `$ref`")
    }

    /// A number that JSON does not have.
    pub(super) fn not_finite(number: f64) -> Self {
        let name = if number.is_nan() { "NaN" } else { "an infinity" };
        Self::new(Code::NotANumber, format!("{name} is not a number that JSON can express"))
            .help("leave it out: a bound that is not there bounds nothing")
    }

    /// One that no double holds.
    pub(super) fn too_great() -> Self {
        Self::new(Code::NotANumber, "the number is too great for 64 bits")
            .help("leave it out, or write a smaller one")
    }

    /// A YAML tag that is not of YAML itself.
    pub(super) fn tag(name: &str) -> Self {
        let message = format!("the YAML tag `!{name}` means nothing in an OpenAPI document");
        Self::syntax(message).help(
            "remove the tag, or run the tool that understands it first; a text that begins with `!` \
             needs quotation marks",
        )
    }

    /// A key that is a list or a mapping.
    pub(super) fn key_is_no_text() -> Self {
        Self::syntax("a key is a list or a mapping, and keys are text").help(
            "write the key as text; a value with braces, such as `{{name}}`, needs quotation marks",
        )
    }

    /// Several documents in one file.
    pub(super) fn second_document() -> Self {
        Self::new(Code::Syntax, "the file holds more than one YAML document")
            .help("give each document a file of its own; `---` stands at the start alone")
    }

    /// The same with what the user can do, unless that is known better.
    pub(super) fn advised(self, advice: &'static str) -> Self {
        Self { help: self.help.or(Some(advice)), ..self }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    pub(super) fn diagnostic(self, location: Location, pointer: &Pointer) -> Diagnostic {
        let Self { code, message, help } = self;
        let diagnostic = Diagnostic::error(code, message).at(pointer).located(location);
        Diagnostic { help: help.map(str::to_owned), ..diagnostic }
    }
}
