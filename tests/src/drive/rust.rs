//! Rust types as a program outside the crate spells them.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::{GenericArgument, Path, PathArguments, Type, TypeParamBound};

/// What the driver must hand in for an argument, and how it makes the argument of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// The type to decode from JSON.
    pub(super) ty: String,
}

/// Spells types of one crate.
#[derive(Debug)]
pub(super) struct Spelling<'a> {
    /// The crate's name.
    pub(super) krate: &'a str,
    /// What its module `operations` declares.
    pub(super) siblings: &'a BTreeSet<String>,
}

impl Spelling<'_> {
    /// How an argument of this type is made; none if it cannot be made from JSON.
    pub(super) fn taken(&self, ty: &Type) -> Option<Taken> {
        let Type::ImplTrait(bounds) = ty else {
            return Some(Taken { ty: self.of_the_document(ty)? });
        };
        let Some(TypeParamBound::Trait(bound)) = bounds.bounds.first() else { return None };
        let last = bound.path.segments.last()?;
        let ty = match last.ident.to_string().as_str() {
            "AsRef" => "String".to_owned(),
            "Into" => self.made_into(argument(&last.arguments)?)?,
            "IntoIterator" => format!("Vec<{}>", self.taken(argument(&last.arguments)?)?.ty),
            _ => return None,
        };
        Some(Taken { ty })
    }

    /// A type that can be made from JSON: bodies of several kinds and parts of forms cannot.
    fn of_the_document(&self, ty: &Type) -> Option<String> {
        self.ty(ty).filter(|spelled| !spelled.contains("::operations::"))
    }

    /// What becomes a value of this type by `into`.
    fn made_into(&self, ty: &Type) -> Option<String> {
        let spelled = self.ty(ty)?;
        match spelled.rsplit("::").next()? {
            "Body" => Some("Vec<u8>".to_owned()),
            "Part" => None,
            _ => Some(spelled),
        }
    }

    /// A type, with its path from outside.
    pub(super) fn ty(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Path(path) => self.path(&path.path),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Some("()".to_owned()),
            _ => None,
        }
    }

    fn path(&self, path: &Path) -> Option<String> {
        let names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let last = path.segments.last()?;
        let own = names.iter().position(|name| name == "types" || name == "operations");
        let foreign = names.first().is_some_and(|name| name == "specwright_runtime");
        let head = match own {
            Some(at) if !foreign => format!("{}::{}", self.krate, names[at..].join("::")),
            _ if names.len() == 1 && self.siblings.contains(&names[0]) => {
                format!("{}::operations::{}", self.krate, names[0])
            }
            _ => names.join("::"),
        };
        // Bodies that a program puts together by hand have no form as JSON.
        if matches!(last.ident.to_string().as_str(), "Multipart") {
            return None;
        }
        let arguments: Option<Vec<String>> = match &last.arguments {
            PathArguments::None => return Some(head),
            PathArguments::AngleBracketed(list) => {
                list.args.iter().map(|one| self.one(one)).collect()
            }
            PathArguments::Parenthesized(_) => None,
        };
        Some(format!("{head}<{}>", arguments?.join(", ")))
    }

    fn one(&self, argument: &GenericArgument) -> Option<String> {
        match argument {
            GenericArgument::Type(ty) => self.ty(ty),
            other => Some(other.to_token_stream().to_string()),
        }
    }
}

/// The first type among generic arguments, `T` of `<T>` and of `<Item = T>`.
pub(super) fn argument(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(list) = arguments else { return None };
    list.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        GenericArgument::AssocType(assigned) => Some(&assigned.ty),
        _ => None,
    })
}

/// All types among generic arguments.
pub(super) fn arguments(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(list) = arguments else { return Vec::new() };
    let types = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Letters and digits alone: what is left of a name whatever its case.
pub fn bare(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
