//! The extensions that the generator itself reads: `x-specwright-…`.

use super::Object::{self, *};
use super::Shape::{self, *};

/// What all of them begin with.
pub(crate) const PREFIX: &str = "x-specwright-";

/// Where they stand.
const OURS: [(Object, &str, Shape); 7] = [
    (SecurityScheme, "x-specwright-credentials", ValueMap),
    (Document, "x-specwright-error-code", Text),
    // A flag or the names of the wrapper's fields.
    (Parameter, "x-specwright-envelope", FlagOrSchema),
    (Response, "x-specwright-nonempty", Flag),
    // How the pages go on, or that there are none.
    (Operation, "x-specwright-pagination", FlagOrSchema),
    (MediaType, "x-specwright-stream-end", Text),
    (Operation, "x-specwright-waiter", ValueMap),
];

/// The extensions of ours that an object of any version may have.
pub(crate) fn ours(object: Object) -> impl Iterator<Item = (&'static str, Shape)> {
    let here = OURS.into_iter().filter(move |(holder, ..)| *holder == object);
    here.map(|(_, key, shape)| (key, shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `faults` leaves marks of its own in trees that it mends; a document has no use for them.
    const MARKS: [&str; 2] = ["x-specwright-fault", "x-specwright-unfollowed"];

    #[test]
    fn an_extension_that_is_read_is_in_the_table() {
        let mut open = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for rest in text.split(&format!("\"{PREFIX}")).skip(1) {
                let key = format!("{PREFIX}{}", rest.split('"').next().unwrap_or_default());
                let is_known = OURS.iter().any(|(_, known, _)| *known == key);
                assert!(is_known || MARKS.contains(&key.as_str()), "{}: {key}", path.display());
            }
        }
    }
}
