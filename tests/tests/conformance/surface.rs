//! What a client offers, as a list of places with the facts about each, and the comparison of two
//! such lists.

use std::collections::BTreeMap;

/// Places (`types::Snapshot.created_at`) and facts (`"createdAt" Option<…>`), plus whatever could
/// not be read.
#[derive(Default)]
pub(crate) struct Surface {
    facts: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Surface {
    /// Writes down the facts about a place; a place that is described twice is a problem.
    pub(crate) fn add(&mut self, place: impl Into<String>, fact: impl Into<String>) {
        let (place, fact) = (place.into(), fact.into());
        if let Some(earlier) = self.facts.insert(place.clone(), fact) {
            self.problem(format!("{place} is declared twice, first as: {earlier}"));
        }
    }

    /// Notes something this checker does not understand, so that it cannot pass for agreement.
    pub(crate) fn problem(&mut self, what: impl Into<String>) {
        self.problems.push(what.into());
    }
}

/// Every place where the two sides differ, one line each.
pub(crate) fn differences(document: &Surface, output: &Surface) -> Vec<String> {
    let unread =
        [("document", document), ("output", output)].into_iter().flat_map(|(side, surface)| {
            surface.problems.iter().map(move |problem| format!("{side}: {problem}"))
        });
    let missing_or_different =
        document.facts.iter().filter_map(|(place, wanted)| match output.facts.get(place) {
            None => {
                Some(format!("{place}: missing from the output; the document asks for: {wanted}"))
            }
            Some(found) if found != wanted => {
                Some(format!("{place}: differs\n    document: {wanted}\n    output:   {found}"))
            }
            Some(_) => None,
        });
    let unaccounted = output
        .facts
        .iter()
        .filter(|(place, _)| !document.facts.contains_key(*place))
        .map(|(place, found)| format!("{place}: nothing in the document asks for: {found}"));
    unread.chain(missing_or_different).chain(unaccounted).collect()
}
