//! Which values of a discriminator lead to which alternative (OpenAPI 3.0.3, section 4.7.25; ADR 0008).
//! The client reads and writes by it, and `serve` checks by it, so that it is decided here for both.
//!
//! They come from the mapping, else from the texts that the alternative's own property is limited to,
//! else from its name. A mapping that the schema contradicts does not count alone: both are accepted.
//! A value leads to one alternative, the first that has it.

use std::collections::{BTreeMap, BTreeSet};

/// What a document says of an alternative.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The values that the mapping has for it.
    pub(crate) mapped: Vec<String>,
    /// The values that its property is limited to, numbers as their digits.
    pub(crate) own: Vec<String>,
    /// What its schema is called.
    pub(crate) name: String,
}

/// The values that lead to an alternative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Led {
    pub(crate) values: Vec<String>,
    /// Whether its property holds none of the values that the mapping has.
    pub(crate) contradicts: bool,
    /// Whether it shares a value with an alternative before it, which keeps that.
    pub(crate) shares: bool,
}

/// The values that lead to each alternative of a choice.
pub(crate) fn led(all: &[Said]) -> Vec<Led> {
    let owners_of_own = owners(all.iter().map(|one| &one.own));
    let mut taken = owners(all.iter().map(|one| &one.mapped));
    let mut found = Vec::with_capacity(all.len());
    for one in all {
        let is_free = |text: &&String| {
            let here = usize::from(one.mapped.contains(text));
            taken.get(*text).is_none_or(|count| *count <= here)
        };
        let free: Vec<String> = one.own.iter().filter(is_free).cloned().collect();
        let contradicts = !one.mapped.is_empty()
            && !one.own.is_empty()
            && !one.own.iter().any(|text| one.mapped.contains(text));
        let added = if one.mapped.is_empty() {
            let is_alone = one.own.iter().all(|text| owners_of_own.get(text) == Some(&1));
            if is_alone && !free.is_empty() { free } else { vec![one.name.clone()] }
        } else if contradicts {
            free
        } else {
            Vec::new()
        };
        for text in added.iter().cloned().collect::<BTreeSet<String>>() {
            *taken.entry(text).or_default() += 1;
        }
        let values = one.mapped.iter().cloned().chain(added).collect();
        found.push(Led { values, contradicts, shares: false });
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for one in &mut found {
        let before = one.values.len();
        one.values.retain(|value| !seen.contains(value));
        one.shares = one.values.len() < before;
        seen.extend(one.values.iter().cloned());
    }
    found
}

/// In how many of these lists each text is.
pub(crate) fn owners<'a>(lists: impl Iterator<Item = &'a Vec<String>>) -> BTreeMap<String, usize> {
    let mut owners = BTreeMap::new();
    for text in lists.flat_map(BTreeSet::from_iter) {
        *owners.entry(text.clone()).or_default() += 1;
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::{Said, led};

    fn check(all: &[(&[&str], &[&str], &str)], expected: &[&[&str]]) {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let said = all.iter().map(|(mapped, own, name)| Said {
            mapped: owned(mapped),
            own: owned(own),
            name: (*name).to_owned(),
        });
        let found: Vec<Vec<String>> =
            led(&said.collect::<Vec<_>>()).into_iter().map(|one| one.values).collect();
        assert_eq!(found, expected, "{all:?}");
    }

    #[test]
    fn the_mapping_goes_before_the_schema_and_that_before_the_name() {
        check(&[(&["feline"], &[], "Cat"), (&[], &[], "Dog")], &[&["feline"], &["Dog"]]);
        check(&[(&[], &["cat"], "Cat"), (&[], &[], "Dog")], &[&["cat"], &["Dog"]]);
        check(&[(&["a", "b"], &["b"], "Cat")], &[&["a", "b"]]);
    }

    #[test]
    fn what_several_have_is_no_value_of_any() {
        let both: &[&str] = &["cat", "dog"];
        check(&[(&[], both, "Cat"), (&[], both, "Dog")], &[&["Cat"], &["Dog"]]);
    }

    #[test]
    fn both_are_accepted_where_the_schema_contradicts_the_mapping() {
        check(&[(&["feline"], &["cat"], "Cat")], &[&["feline", "cat"]]);
        check(
            &[(&["feline"], &["canine"], "Cat"), (&["canine"], &[], "Dog")],
            &[&["feline"], &["canine"]],
        );
    }

    #[test]
    fn the_first_keeps_a_value() {
        check(&[(&["a"], &[], "Cat"), (&["a", "b"], &[], "Dog")], &[&["a"], &["b"]]);
        check(&[(&["Dog"], &[], "Cat"), (&[], &[], "Dog")], &[&["Dog"], &[]]);
    }
}
