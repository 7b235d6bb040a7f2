//! Entries of the configuration whose place another entry takes out of the client.
//!
//! Where `types` has a type of the user's own, nothing of the schema is generated, and nobody is asked for a
//! parameter of `drop-parameters` or `fixed-parameters`. What is said of such a place leads to nothing,
//! although the document has it.

use serde_json::Value;

use crate::Options;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::Source;

/// The same problems, where those of such entries say why. They are as the stages tell them, with the
/// pointers that the entries mean.
pub(crate) fn told(options: &Options, source: &Source, mut found: Diagnostics) -> Diagnostics {
    for one in found.iter_mut().filter(|one| one.is_stale) {
        let Some((key, message)) = overruled(options, source, one) else { continue };
        one.message = message;
        one.help = Some(format!("remove the entry, or that of `{key}`"));
    }
    found
}

/// The key of the entry that overrules the one of a problem, and what is said of that.
fn overruled(
    options: &Options,
    source: &Source,
    one: &Diagnostic,
) -> Option<(&'static str, String)> {
    let setting = one.setting.as_deref()?;
    let entry = setting.entry.as_deref()?;
    let meant = meant(source, entry)?;
    let types: Vec<&String> = options.types.keys().collect();
    let dropped: Vec<&String> = options.drop_parameters.iter().collect();
    let fixed: Vec<&String> = options.fixed_parameters.keys().collect();
    let all = [
        ("types", types, "puts a type of yours there"),
        ("drop-parameters", dropped, "leaves that parameter out"),
        ("fixed-parameters", fixed, "says what that parameter is, and nobody is asked for it"),
    ];
    all.into_iter().find_map(|(key, others, why)| {
        let other = others.into_iter().find(|other| {
            let below = entry.strip_prefix(other.as_str());
            let is_same = || self::meant(source, other).as_ref() == Some(&meant);
            below.is_some_and(|below| below.starts_with('/')) || (setting.key != key && is_same())
        })?;
        let shown = source.as_written().text(other);
        let place = match entry.strip_prefix(other.as_str()) {
            Some("") => format!("`{entry}`"),
            Some(_) => format!("`{entry}` within `{shown}`"),
            None => format!("`{entry}`, which is `{shown}`"),
        };
        Some((key, format!("`{}` names {place}, and `{key}` {why}", setting.key)))
    })
}

/// What stands at the place of an entry, or where the references lead that stand there: a parameter may be
/// left out where it is referred to, and named where it is. A circle ends where it is noticed.
fn meant(source: &Source, entry: &str) -> Option<Pointer> {
    const LONGEST: usize = 32;
    let mut place = source.origins().destination(&Pointer::parse(entry)?, &source.root)?;
    for _ in 0..LONGEST {
        let reference = place.lookup(&source.root)?.get("$ref").and_then(Value::as_str);
        match reference.and_then(Pointer::from_reference) {
            Some(next) => place = next,
            None => break,
        }
    }
    Some(place)
}
