//! Rust paths that the user writes: types of their own, and macros to derive.
//!
//! In: a text of the configuration or the builder, never of the document. Out: a path that is known
//! to be one, step by step, so that it is printed as any other name is. Whether anything stands there
//! is for rustc to say.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use syn::{GenericArgument, PathArguments};

/// Macros that Rust knows without a path.
const STANDARD_DERIVES: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Types that Rust knows without a path.
const STANDARD_TYPES: [&str; 18] = [
    "Box", "Option", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64",
    "i8", "u128", "u16", "u32", "u64", "u8",
];

/// How many brackets and signs a type may open. Whoever needs more gives it a name.
const DEEPEST: usize = 16;

/// A path: `crate::Money`, `chrono::DateTime<chrono::Utc>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RustPath {
    /// Whether it begins with `::`.
    pub(crate) is_rooted: bool,
    /// Its steps, of which there is one at least.
    pub(crate) steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Step {
    /// Its name, raw if it must be.
    pub(crate) name: String,
    /// What stands in angle brackets behind it.
    pub(crate) arguments: Vec<RustPath>,
}

/// Why a text is no such path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoPath(String);

impl RustPath {
    /// A name that is known everywhere.
    pub(crate) fn name(name: &str) -> Self {
        let step = Step { name: name.to_owned(), arguments: Vec::new() };
        Self { is_rooted: false, steps: vec![step] }
    }

    /// The name at its end.
    fn last(&self) -> &str {
        self.steps.last().map_or("", |step| &step.name)
    }

    /// The same path where the crate that it may begin with has this name.
    pub(crate) fn as_seen_outside(&self, krate: &str) -> Self {
        let mut path = self.clone();
        for (index, step) in path.steps.iter_mut().enumerate() {
            if index == 0 && step.name == "crate" {
                krate.clone_into(&mut step.name);
            }
            step.arguments = step.arguments.iter().map(|one| one.as_seen_outside(krate)).collect();
        }
        path
    }

    /// The crates that it names, as Rust calls them; those that need no manifest are none.
    fn crates(&self) -> Vec<&str> {
        let first = self.steps.first().map(|step| step.name.trim_start_matches("r#"));
        let is_here = |name: &&str| ["crate", "std", "core", "alloc"].contains(name);
        let own = first.filter(|name| self.steps.len() > 1 && !is_here(name));
        let inner = self.steps.iter().flat_map(|step| &step.arguments).flat_map(Self::crates);
        own.into_iter().chain(inner).collect()
    }

    /// The first path in it that leads to what no generated crate has: from `crate` into any module but
    /// `types`.
    pub(crate) fn beside_generated(&self) -> Option<&Self> {
        let mut steps = self.steps.iter().map(|step| step.name.as_str());
        let is_beside =
            !self.is_rooted && steps.next() == Some("crate") && steps.next() != Some("types");
        let arguments = self.steps.iter().flat_map(|step| &step.arguments);
        let mut inner = arguments.filter_map(Self::beside_generated);
        if is_beside { Some(self) } else { inner.next() }
    }

    /// What the standard library calls it, if it is of there.
    pub(crate) fn standard(&self) -> Option<&str> {
        let first = self.steps.first().map(|step| step.name.as_str());
        let is_std = self.steps.len() == 1 || matches!(first, Some("std" | "core"));
        is_std.then(|| self.last())
    }

    fn of(path: &syn::Path, text: &str) -> Result<Self, NoPath> {
        let steps = path.segments.iter().map(|segment| {
            let name = segment.ident.to_string();
            // These mean another place in each module of the client.
            if matches!(name.as_str(), "self" | "super" | "Self") {
                let message = format!(
                    "`{text}` begins where it stands: begin it with `crate` or the name of a crate"
                );
                return Err(NoPath(message));
            }
            let arguments = match &segment.arguments {
                PathArguments::None => Vec::new(),
                PathArguments::AngleBracketed(list) if list.colon2_token.is_none() => list
                    .args
                    .iter()
                    .map(|one| Self::argument(one, text))
                    .collect::<Result<_, _>>()?,
                PathArguments::AngleBracketed(_) | PathArguments::Parenthesized(_) => {
                    return Err(not_plain(text));
                }
            };
            Ok(Step { name, arguments })
        });
        let is_rooted = path.leading_colon.is_some();
        Ok(Self { is_rooted, steps: steps.collect::<Result<_, _>>()? })
    }

    fn argument(argument: &GenericArgument, text: &str) -> Result<Self, NoPath> {
        match argument {
            GenericArgument::Type(syn::Type::Path(inner)) if inner.qself.is_none() => {
                Self::of(&inner.path, text)
            }
            _ => Err(not_plain(text)),
        }
    }
}

fn not_plain(text: &str) -> NoPath {
    NoPath(format!(
        "`{text}` is more than a path: give it a name, `type Name = …;`, and say where that is"
    ))
}

impl FromStr for RustPath {
    type Err = NoPath;

    fn from_str(text: &str) -> Result<Self, NoPath> {
        // syn nests on the stack as the text does.
        if text.matches(['<', '(', '[', '&', '*', '!']).count() > DEEPEST {
            return Err(not_plain(&crate::plain::beginning(text)));
        }
        match syn::parse_str::<syn::Type>(text) {
            Ok(syn::Type::Path(path)) if path.qself.is_none() => Self::of(&path.path, text),
            Ok(_) => Err(not_plain(text)),
            Err(_) => {
                let text = crate::plain::beginning(text);
                Err(NoPath(format!("`{text}` is no path of Rust, such as `crate::Money`")))
            }
        }
    }
}

impl fmt::Display for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = if self.is_rooted { "::" } else { "" };
        for step in &self.steps {
            write!(f, "{between}{}", step.name)?;
            between = "::";
            if !step.arguments.is_empty() {
                let arguments: Vec<String> = step.arguments.iter().map(Self::to_string).collect();
                write!(f, "<{}>", arguments.join(", "))?;
            }
        }
        Ok(())
    }
}

/// The path of a type: `crate::Money`, `chrono::DateTime<chrono::Utc>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypePath(pub(crate) RustPath);

impl TypePath {
    /// The crates that it names, as Rust calls them.
    pub fn crates(&self) -> Vec<&str> {
        self.0.crates()
    }

    /// Whether a path and those in it hold in every module of the client.
    fn check(path: &RustPath) -> Result<(), NoPath> {
        let last = path.last();
        if path.steps.len() == 1 && !path.is_rooted && !STANDARD_TYPES.contains(&last) {
            let message = format!(
                "`{last}` does not say where it is: `some_crate::{last}`, or `crate::{last}` for a module \
                 of your crate"
            );
            return Err(NoPath(message));
        }
        path.steps.iter().flat_map(|step| &step.arguments).try_for_each(Self::check)
    }
}

impl FromStr for TypePath {
    type Err = NoPath;

    fn from_str(text: &str) -> Result<Self, NoPath> {
        let path: RustPath = text.parse()?;
        if matches!(path.last(), "Option" | "Nullable") {
            let message = "says that there may be no value, which is for the document to say";
            return Err(NoPath(format!("`{text}` {message}: name the type of the value")));
        }
        Self::check(&path)?;
        Ok(Self(path))
    }
}

impl<'de> Deserialize<'de> for TypePath {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}

/// The path of a macro to derive: `Hash`, `schemars::JsonSchema`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DerivePath(pub(crate) RustPath);

impl DerivePath {
    /// The crate that it names, as Rust calls it.
    pub fn crates(&self) -> Vec<&str> {
        self.0.crates()
    }
}

impl FromStr for DerivePath {
    type Err = NoPath;

    fn from_str(text: &str) -> Result<Self, NoPath> {
        let path: RustPath = text.parse()?;
        if path.steps.iter().any(|step| !step.arguments.is_empty()) {
            return Err(NoPath(format!(
                "`{text}` is no macro: a type may have `<…>`, a macro not"
            )));
        }
        let is_serde = matches!(path.steps.as_slice(), [first, ..] if first.name == "serde");
        if is_serde && matches!(path.last(), "Serialize" | "Deserialize") {
            return Err(NoPath(format!(
                "`{text}` would not know the names on the wire, and types have it already: with \
                 `both-directions`, each of them has both"
            )));
        }
        if path.steps.len() == 1 && !STANDARD_DERIVES.contains(&path.last()) {
            let message = format!("`{text}` does not say where it is: `some_crate::{text}`");
            return Err(NoPath(message));
        }
        Ok(Self(path))
    }
}

/// Reads a text as a path, where one stands in a configuration.
fn read<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: FromStr<Err = NoPath>,
    D: Deserializer<'de>,
{
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

impl<'de> Deserialize<'de> for DerivePath {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        let check = |text: &str, expected: &str| match text.parse::<TypePath>() {
            Ok(path) => assert_eq!(path.0.to_string(), expected),
            Err(error) => assert!(error.to_string().contains(expected), "{text}: {error}"),
        };
        check("crate::Money", "crate::Money");
        check("::money::Money", "::money::Money");
        check("chrono :: DateTime<chrono::Utc>", "chrono::DateTime<chrono::Utc>");
        check("Vec<u8>", "Vec<u8>");
        check(
            "std::collections::BTreeMap<String,crate::A>",
            "std::collections::BTreeMap<String, crate::A>",
        );
        check("crate::r#type::Kind", "crate::r#type::Kind");
        check("Money", "is: `some_crate::Money`, or `crate::Money` for a module");
        check("Vec<Money>", "is: `some_crate::Money`, or `crate::Money` for a module");
        check("Option<u8>", "is for the document to say");
        check("a::Nullable", "is for the document to say");
        check("self::Money", "begins where it stands");
        for text in [
            "[u8; 4]",
            "&'static str",
            "(u8, u8)",
            "a::B<'static>",
            "a::B::<u8>",
            "<a::B as C>::D",
            "dyn A",
            "a::B<C = u8>",
            "fn()",
        ] {
            check(text, "is more than a path");
        }
        for deep in ["a::A<", "(", "&", "[", "*const ", "fn(", "!"] {
            check(&deep.repeat(100_000), "is more than a path");
        }
        check(&"a ".repeat(100_000), "…` is no path of Rust");
        check("a b", "is no path of Rust");
        check("a::B(u8)", "is no path of Rust");
        check("", "is no path of Rust");
    }

    #[test]
    fn others_know_the_crate_by_its_name() {
        let check = |text: &str, expected: &str| {
            let path = text.parse::<TypePath>().map(|path| path.0.as_seen_outside("client"));
            assert_eq!(path.unwrap().to_string(), expected);
        };
        check("crate::Money", "client::Money");
        check("Vec<crate::types::Money>", "Vec<client::types::Money>");
        check("chrono::DateTime<chrono::Utc>", "chrono::DateTime<chrono::Utc>");
    }

    #[test]
    fn macros() {
        let check = |text: &str, expected: &str| match text.parse::<DerivePath>() {
            Ok(path) => assert_eq!(path.0.to_string(), expected),
            Err(error) => assert!(error.to_string().contains(expected), "{text}: {error}"),
        };
        check("Hash", "Hash");
        check("std::hash::Hash", "std::hash::Hash");
        check(" :: schemars :: JsonSchema ", "::schemars::JsonSchema");
        check("crate::Named", "crate::Named");
        check("rkyv::Serialize", "rkyv::Serialize");
        check("JsonSchema", "does not say where it is");
        check("serde::Serialize", "`both-directions`");
        check("a::B<c::D>", "is no macro");
        check("super::B", "begins where it stands");
        check("", "is no path of Rust");
        check("a::B)] mod x {", "is no path of Rust");
    }
}
