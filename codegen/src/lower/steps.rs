//! Paths into a JSON value, of which each step means one place: `$.state.name`, `$['a.b']`,
//! `$.data[-1].id`, `$.links[?@.rel=='next'].href`.
//!
//! Of JSONPath (RFC 9535) that is names, the last item of a list, and the first item that has a property
//! of one text.

use crate::ir::Step;

/// The steps of a path; `None` if it is anything else.
pub(super) fn parse(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, left) = match rest.strip_prefix('.') {
            Some(dotted) => {
                let end = dotted.find(['.', '[']).unwrap_or(dotted.len());
                let (name, left) = dotted.split_at(end);
                (Step::Name(sound(name)?), left)
            }
            None => bracketed(rest.strip_prefix('[')?)?,
        };
        steps.push(step);
        rest = left;
    }
    Some(steps)
}

/// What stands behind an opening bracket, and what behind the closing one.
fn bracketed(text: &str) -> Option<(Step, &str)> {
    if let Some(left) = text.strip_prefix("-1]") {
        return Some((Step::Last, left));
    }
    if let Some(filter) = text.strip_prefix('?') {
        return filtered(filter.trim_start());
    }
    let (name, left) = quoted(text)?;
    Some((Step::Name(sound(name)?), left.strip_prefix(']')?))
}

/// `@.rel=='next']`, or `(@.rel == "next")]`.
fn filtered(filter: &str) -> Option<(Step, &str)> {
    let (filter, end) = match filter.strip_prefix('(') {
        Some(inner) => (inner.trim_start(), ")"),
        None => (filter, ""),
    };
    let test = filter.strip_prefix('@')?;
    let (name, value) = match test.strip_prefix('.') {
        Some(dotted) => dotted.split_once("==")?,
        None => {
            let (name, left) = quoted(test.strip_prefix('[')?)?;
            (name, left.strip_prefix(']')?.trim_start().strip_prefix("==")?)
        }
    };
    let (value, left) = quoted(value.trim_start())?;
    let left = left.trim_start().strip_prefix(end)?.trim_start().strip_prefix(']')?;
    let name = sound(name.trim_end()).filter(|name| !name.contains(['.', '[', ' ']))?;
    Some((Step::Where(name, value.to_owned()), left))
}

/// A text in quotes of either sort, and what is behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| ['\'', '"'].contains(c))?;
    let (name, left) = text[1..].split_once(quote)?;
    (!name.contains('\\')).then_some((name, left))
}

/// A name that means itself.
fn sound(name: &str) -> Option<String> {
    let is_sound = !name.is_empty() && !name.contains(['*', '?', '\\', '\'', '"', ']']);
    is_sound.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Last, Name, Where};

    #[test]
    fn paths() {
        let name = |text: &str| Name(text.to_owned());
        let check = |path: &str, expected: Option<&[Step]>| {
            assert_eq!(parse(path).as_deref(), expected, "{path}");
        };
        check("$.status", Some(&[name("status")]));
        check("$.a.b-c", Some(&[name("a"), name("b-c")]));
        check("$['a.b'][\"c\"].d", Some(&[name("a.b"), name("c"), name("d")]));
        check("$", Some(&[]));
        check("$.data[-1].id", Some(&[name("data"), Last, name("id")]));
        let next = Where("rel".to_owned(), "next".to_owned());
        for path in [
            "$.links[?@.rel=='next'].href",
            "$.links[?(@.rel == \"next\")].href",
            "$.links[? @['rel'] == 'next' ].href",
        ] {
            check(path, Some(&[name("links"), next.clone(), name("href")]));
        }
        for path in [
            "",
            "status",
            "$status",
            "$.",
            "$..a",
            "$.a[0]",
            "$.*",
            "$['a",
            "$['']",
            "$[?a]",
            "$[?@.a]",
            "$[?@.a=='b'",
            "$[?(@.a=='b']",
            "$[?@.a==b]",
            "$[?@.a.b=='c']",
            "$[?@.a!='b']",
            "$[-1",
        ] {
            check(path, None);
        }
    }
}
