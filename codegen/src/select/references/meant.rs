//! What a reference may mean that leads nowhere.

use serde_json::Value;

use super::broken::Place;
use crate::nearest::{did_you_mean, nearest};
use crate::pointer::Pointer;
use crate::source::Source;

/// The question whether it is that.
pub(super) fn meant(reference: &str, place: Place, whole: &Source) -> Option<String> {
    let root = &whole.root;
    if let Some(near) = whole.unread().get(reference).and_then(|unread| unread.near.as_ref()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let Some(target) = Pointer::from_reference(reference) else {
        // A name alone would be that of a file.
        let is_name = !reference.contains(['#', '/', '\\']);
        return shared(reference, place, root).filter(|_| is_name).map(|at| question(&at, whole));
    };
    let name = target.last()?;
    let beside = target.parent().and_then(|holder| holder.lookup(root)?.as_object());
    if let Some(beside) = beside
        && let Some(question) = did_you_mean(&name, beside.keys().map(String::as_str))
    {
        return Some(question);
    }
    let at = corrected(&target, root).or_else(|| shared(&name, place, root))?;
    Some(question(&at, whole))
}

fn question(at: &Pointer, whole: &Source) -> String {
    format!("did you mean `{}`?", whole.origins().reference(&at.to_reference()))
}

/// The same way with each step that is not there replaced by the one that looks most like it.
fn corrected(target: &Pointer, root: &Value) -> Option<Pointer> {
    let (mut at, mut value) = (Pointer::root(), root);
    for token in target.tokens() {
        let members = value.as_object()?;
        let step = match members.get_key_value(&token) {
            Some((step, _)) => step.as_str(),
            None => nearest(&token, members.keys().map(String::as_str), 1).first().copied()?,
        };
        (at, value) = (at.push(step), members.get(step)?);
    }
    Some(at)
}

/// The component of this name that may stand in such a place.
fn shared(name: &str, place: Place, root: &Value) -> Option<Pointer> {
    let components = Pointer::root().push("components");
    let places = sections(place).iter().map(|section| components.push(section).push(name));
    places.into_iter().find(|at| at.lookup(root).is_some())
}

fn sections(place: Place) -> &'static [&'static str] {
    match place {
        Place::Schema | Place::Mapping => &["schemas"],
        Place::Spare => &["headers", "examples", "links", "callbacks"],
        Place::Answer => &["responses"],
        Place::Call => &["parameters", "requestBodies", "responses", "pathItems"],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::load::{Limits, load};
    use crate::source::Memory;

    #[test]
    fn what_looks_alike_or_has_the_name_is_meant() {
        let text = "{components: {schemas: {Pet: {}, Owner: {}}, responses: {Pet: {}}, \
                    headers: {Rate: {}}}, paths: {}}";
        let files = Memory::default().with("a.yaml", text);
        let source = load(&files, Path::new("a.yaml"), Limits::default()).unwrap();
        let check = |reference: &str, place, expected: Option<&str>| {
            let question = meant(reference, place, &source);
            let expected = expected.map(|meant| format!("did you mean `{meant}`?"));
            assert_eq!(question, expected, "{reference}");
        };
        check("#/components/schemas/Pets", Place::Schema, Some("Pet"));
        let pet = Some("#/components/schemas/Pet");
        for reference in [
            "#/components/schema/Pet",
            "#/component/schemas/pet",
            "#/definitions/Pet",
            "#/components/parameters/Pet",
            "Pet",
        ] {
            check(reference, Place::Schema, pet);
        }
        check("#/responses/Pet", Place::Call, Some("#/components/responses/Pet"));
        check("Rate", Place::Spare, Some("#/components/headers/Rate"));
        for nothing in ["#/definitions/Dog", "Dog", "Pet.yaml", "#/paths/~1a", "#/x/y/z", "#"] {
            check(nothing, Place::Schema, None);
        }
    }
}
