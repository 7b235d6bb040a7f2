//! The catalogue: every kind of problem the generator can report, under a name that scripts may
//! rely on, each with a page that explains it (`docs/codes`).

use std::fmt;

use super::Severity;
use crate::nearest::nearest;

/// Defines the codes from one table, so that none can lack a name, a severity or a page.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident = $name:literal, $severity:ident;)+) => {
        /// The kind of a problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $code,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// The name, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)+
                }
            }

            /// What it means, in one sentence.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$code => concat!($($doc),+).trim_ascii_start(),)+
                }
            }

            /// A page about it in Markdown: what it means, an example, the way out.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("../../docs/codes/", $name, ".md")),)+
                }
            }

            /// The severity such a problem usually has.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    /// A file cannot be read or written.
    Io = "io", Error;
    /// The configuration or an argument makes no sense.
    Config = "config", Error;
    /// The output folder holds files that are not ours.
    OutputNotOurs = "output-not-ours", Error;
    /// A file of the output is not what the document gives (`--check`).
    OutOfDate = "out-of-date", Error;
    /// An overlay that cannot be read, or that does not fit its document.
    Overlay = "overlay", Error;
    /// The document is not UTF-8 text.
    Encoding = "encoding", Error;
    /// The document is neither JSON nor YAML.
    Syntax = "syntax", Error;
    /// A mapping holds a key twice.
    DuplicateKey = "duplicate-key", Error;
    /// A YAML merge key, `<<`.
    MergeKey = "merge-key", Error;
    /// A number that JSON does not have: NaN, an infinity, or one that is too great.
    NotANumber = "not-a-number", Error;
    /// Nesting beyond what the generator reads.
    TooDeep = "too-deep", Error;
    /// A document beyond what the generator reads, before or after its aliases are expanded.
    TooLarge = "too-large", Error;
    /// The document is not of a version the generator reads.
    UnsupportedVersion = "unsupported-version", Error;
    /// The document is not what the OpenAPI specification says it should be.
    InvalidDocument = "invalid-document", Error;
    /// The document breaks the specification, and something true is left to generate.
    FaultyDocument = "faulty-document", Warning;
    /// A key that the specification does not have in such an object.
    UnknownKey = "unknown-key", Warning;
    /// A key that another object or another version of the specification has.
    MisplacedKey = "misplaced-key", Warning;
    /// A value of another kind than its key wants, at a place that nothing reads.
    WrongValue = "wrong-value", Warning;
    /// A `$ref` to something the document does not have.
    UnresolvedReference = "unresolved-reference", Error;
    /// A `$ref` the generator does not follow, such as one to the network.
    UnsupportedReference = "unsupported-reference", Error;
    /// A chain of `$ref`s that comes back to its start without meeting a value.
    ReferenceCycle = "reference-cycle", Error;
    /// An operation was chosen that the document does not have.
    UnknownOperation = "unknown-operation", Error;
    /// Two operations share an `operationId`.
    RepeatedOperationId = "repeated-operation-id", Warning;
    /// Two names of the document become one Rust name.
    NameCollision = "name-collision", Warning;
    /// A union of alternatives that a value does not tell apart.
    AmbiguousUnion = "ambiguous-union", Warning;
    /// A schema that has no Rust type yet.
    UnsupportedSchema = "unsupported-schema", Error;
    /// A parameter that cannot be sent yet.
    UnsupportedParameter = "unsupported-parameter", Error;
    /// A security scheme that the runtime does not have yet.
    UnsupportedSecurity = "unsupported-security", Error;
    /// Something the document says that the output does not express.
    Ignored = "ignored", Warning;
    /// A waiter that cannot be generated, or that takes failures for successes.
    Waiter = "waiter", Warning;
    /// Pages of an answer that cannot be generated as they are declared.
    Pagination = "pagination", Warning;
    /// Answers that are read page by page although the document does not say so.
    InferredPages = "inferred-pages", Note;
    /// Operations in several versions, of which one is generated.
    SeveralVersions = "several-versions", Warning;
    /// Warnings, which `--strict` makes fail.
    Strict = "strict", Error;
    /// A bug of the generator.
    Internal = "internal", Error;
}

impl Code {
    /// The code of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// The code whose name looks most like this one.
    pub fn nearest(name: &str) -> Option<Self> {
        let names = Self::ALL.iter().map(|code| code.as_str());
        Self::from_name(nearest(name, names, 1).first()?)
    }
}

impl Code {
    /// The codes that look like a name: the nearest, or else those that have most of its words.
    pub fn alike(name: &str) -> Vec<Self> {
        if let Some(near) = Self::nearest(name) {
            return vec![near];
        }
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
        let shared =
            |code: &Self| code.as_str().split('-').filter(|word| words.contains(word)).count();
        let most = Self::ALL.iter().map(shared).max().unwrap_or_default();
        let all = Self::ALL.iter().copied().filter(|code| most > 0 && shared(code) == most);
        all.collect()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_page_belongs_to_a_code() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes");
        let pages = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let pages: BTreeSet<String> = pages.map(|name| name.into_string().unwrap()).collect();
        let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
        assert_eq!(pages, codes);
    }

    #[test]
    fn a_page_says_what_it_means_and_what_to_do() {
        for code in Code::ALL {
            let page = code.page();
            assert!(page.starts_with(&format!("# {code}\n\n")), "{code}");
            for part in ["\n## Example\n", "\n## What to do\n"] {
                assert_eq!(page.matches(part).count(), 1, "{code}: {part}");
            }
            assert!(page.lines().all(|line| line.chars().count() <= 100), "{code}");
            assert_eq!(Code::from_name(code.as_str()), Some(*code));
            assert_eq!(Code::nearest(&format!("{code}s")), Some(*code));
        }
    }

    #[test]
    fn codes_are_known_by_a_word_of_them() {
        let check =
            |name: &str, expected: &[Code]| assert_eq!(Code::alike(name), expected, "{name}");
        check("unknown-keys", &[Code::UnknownKey]);
        check("WRONG-code", &[Code::WrongValue]);
        check("name_clash", &[Code::NameCollision]);
        check("operation", &[Code::UnknownOperation, Code::RepeatedOperationId]);
        check("zzz", &[]);
        check("", &[]);
    }

    /// A code that nothing reports is a promise that nobody keeps.
    #[test]
    fn every_code_is_reported_somewhere() {
        let mut text = String::new();
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if !path.ends_with("diagnostics/code.rs") {
                text.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
        for code in Code::ALL {
            assert!(text.contains(&format!("Code::{code:?}")), "{code}");
        }
    }
}
