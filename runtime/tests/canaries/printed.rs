//! The public types of this crate that can be printed, as its source has them.

use std::collections::BTreeSet;
use std::path::Path;

use syn::{Attribute, Item, Type, Visibility};

#[derive(Default)]
struct Found {
    public: BTreeSet<String>,
    printed: BTreeSet<String>,
}

/// Their names, sorted. A type of a private module counts too: it may be re-exported, and what
/// generated code uses is.
pub(crate) fn types() -> Vec<String> {
    let mut found = Found::default();
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.public.len() > 50, "{}", found.public.len());
    found.public.intersection(&found.printed).cloned().collect()
}

fn folder(path: &Path, found: &mut Found) {
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            folder(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            syn::parse_file(&text).unwrap().items.iter().for_each(|item| look(item, found));
        }
    }
}

fn look(item: &Item, found: &mut Found) {
    let (visibility, name, attributes) = match item {
        Item::Struct(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Enum(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Impl(item) => {
            let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
            if let (Some(of), Type::Path(to)) = (of, &*item.self_ty) {
                let to = to.path.segments.last().map(|segment| segment.ident.to_string());
                found.printed.extend(to.filter(|_| of.ident == "Debug"));
            }
            return;
        }
        _ => return,
    };
    if matches!(visibility, Visibility::Public(_)) && !only_with_patterns(attributes) {
        found.public.insert(name.to_string());
    }
    if attributes.iter().any(derives_debug) {
        found.printed.insert(name.to_string());
    }
}

/// What only the feature `patterns` has: a pattern is of the document.
fn only_with_patterns(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

fn derives_debug(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Debug");
            Ok(())
        });
    }
    found
}
