//! "Did you mean": the names that look most like a misspelt one.

/// At most this many characters of a name count; names are short, documents are not to be trusted.
const LONGEST: usize = 100;

/// The candidates closest to `name`, best first, at most `count`; none that is no resemblance.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str>,
    count: usize,
) -> Vec<&'c str> {
    let mut ranked: Vec<(usize, &str)> = candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|&(distance, candidate)| resembles(distance, name, candidate))
        .collect();
    ranked.sort_by_key(|&(distance, _)| distance);
    ranked.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

/// What to say of a name that is none of the candidates, if one of them resembles it.
pub(crate) fn did_you_mean<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<String> {
    let near = nearest(name, candidates, 1);
    near.first().map(|near| format!("did you mean `{near}`?"))
}

/// [`did_you_mean`] as an aside in a message whose help says something else.
pub(crate) fn aside<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> String {
    did_you_mean(name, candidates).map(|question| format!(" ({question})")).unwrap_or_default()
}

/// Whether one name is the other with a single slip of the fingers, or in another case.
pub(crate) fn is_slip(name: &str, other: &str) -> bool {
    distance(name, other) <= 1
}

/// A name that is the beginning of others says something if it is so long, in characters.
const BEGINNING: usize = 3;

/// Two names of which one begins with the other look alike, however much longer it is.
fn resembles(distance: usize, name: &str, candidate: &str) -> bool {
    let begins = candidate.starts_with(name) || name.starts_with(candidate);
    let longest = name.chars().count().max(candidate.chars().count()).min(LONGEST);
    let shortest = name.chars().count().min(candidate.chars().count());
    distance * 3 <= longest || (begins && shortest >= BEGINNING)
}

/// How many characters have to be added, removed, replaced or changed for their neighbour; case
/// does not count.
fn distance(a: &str, b: &str) -> usize {
    let folded =
        |s: &str| -> String { s.chars().flat_map(char::to_lowercase).take(LONGEST).collect() };
    strsim::osa_distance(&folded(a), &folded(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_offered() {
        let names = ["takeSnapshot", "listSnapshots", "Pet", "Pets", "PetOwner", "x"];
        let check = |name, expected: &[&str]| {
            assert_eq!(nearest(name, names.into_iter(), 2), expected, "{name}");
        };
        check("takeSnaphsot", &["takeSnapshot"]);
        check("TAKESNAPSHOT", &["takeSnapshot"]);
        check("Pte", &["Pet"]);
        check("Ptx", &[]);
        check("pets", &["Pets", "Pet"]);
        check("PetO", &["Pet", "Pets"]);
        check("", &[]);
        check("x", &["x"]);
        let check = |name, expected: &[&str]| {
            let names = ["x-specwright-error-code", "description"].into_iter();
            assert_eq!(nearest(name, names, 2), expected, "{name}");
        };
        check("x", &[]);
        check("d", &[]);
        check("desc", &["description"]);
    }
}
