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

/// [`did_you_mean`] for a place of the document, by JSON pointer.
pub(crate) fn did_you_mean_place<'c>(
    place: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<String> {
    let steps = steps(place.trim_start_matches('#'));
    let costs = candidates.filter_map(|other| Some((way(&steps, &self::steps(other))?, other)));
    let (_, near) = costs.min_by_key(|(cost, _)| *cost)?;
    Some(format!("did you mean `{near}`?"))
}

/// The steps of a pointer; those of a path within it are steps too, which say as much.
fn steps(pointer: &str) -> Vec<&str> {
    pointer.split('/').flat_map(|token| token.split("~1")).collect()
}

/// What a step too many or too few costs.
const STEP: usize = 3;

/// What is nearer to the root than a component, of which the first step is empty, holds too much.
const WHOLE: usize = 4;

/// How far it is from one place to another that looks like it, if it does: two schemas of different names
/// have most of their pointers in common, and are two all the same. So each step looks like its
/// counterpart. One may be missing or be too many, but none at the end of a longer place: what a place
/// is in is another thing. What is below a place that has too few may be meant.
fn way(place: &[&str], other: &[&str]) -> Option<usize> {
    let pairs = |mut pairs: &mut dyn Iterator<Item = (&str, &str)>| {
        (&mut pairs).try_fold(0, |sum, (a, b)| Some(sum + step(a, b)?))
    };
    let along =
        |one: &[&str], other: &[&str]| pairs(&mut one.iter().copied().zip(other.iter().copied()));
    let below = || {
        let more = other.strip_prefix(place).filter(|_| place.len() >= WHOLE)?;
        Some(STEP * more.len())
    };
    let with_one_more = |short: &[&str], long: &[&str]| {
        let without = (0..short.len()).filter_map(|at| {
            let (before, after) =
                (along(&short[..at], &long[..at])?, along(&short[at..], &long[at + 1..])?);
            Some(before + after + STEP)
        });
        without.min()
    };
    if place.len() == other.len() {
        along(place, other)
    } else if place.len() + 1 == other.len() {
        with_one_more(place, other).or_else(below)
    } else if place.len() == other.len() + 1 {
        with_one_more(other, place)
    } else {
        below()
    }
}

/// How far it is from one step to another that looks like it. Of an element of a list the name does,
/// whatever the key of it is.
fn step(a: &str, b: &str) -> Option<usize> {
    let (a, b, of_keys) = match (a.split_once('='), b.split_once('=')) {
        (Some((key, a)), Some((other, b))) => (a, b, usize::from(key != other)),
        (_, _) => (a, b, 0),
    };
    let distance = distance(a, b);
    resembles(distance, a, b).then_some(distance + of_keys)
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

    #[test]
    fn a_place_looks_like_another_step_by_step() {
        let places = [
            "/components/schemas/Pet",
            "/components/schemas/NewPet",
            "/components/schemas/Token",
            "/components/schemas/Photo/properties/url",
            "/components/schemas/Photo/properties/tags/items",
            "/paths/~1pets~1{petId}/get/parameters/query=limit",
            "/paths/~1pets/get/parameters/query=q",
        ];
        let check = |place: &str, expected: Option<&str>| {
            let expected = expected.map(|place| format!("did you mean `{place}`?"));
            assert_eq!(did_you_mean_place(place, places.into_iter()), expected, "{place}");
        };
        for nothing in [
            "/components/schemas/Cash",
            "/components/schemas/Widget",
            "/components/schemas/Money",
            "/components/schemas/Photo/properties/zzz",
            "/components/schemas/Photo/properties/url/zzz",
            "/components/schemas/zzz/properties/url",
            "/paths/~1cats~1{petId}/get/parameters/query=limit",
            "/paths/~1pets/get/parameters/query=z",
            "Cash",
            "",
        ] {
            check(nothing, None);
        }
        check("/components/schemas/Pett", Some(places[0]));
        check("#/components/schemas/NewPte", Some(places[1]));
        check("/components/schema/Tokens", Some(places[2]));
        check("/components/Token", Some(places[2]));
        check("/components/schemas/Photo/url", Some(places[3]));
        check("/components/schemas/Photo/properties/tags", Some(places[4]));
        check("/paths/pets~1{petId}/get/parameters/query=limit", Some(places[5]));
        check("/paths/~1pets~1{petId}/get/parameters/header=limits", Some(places[5]));
        check("/paths/~1pets/get/parameters/header=q", Some(places[6]));
    }
}
