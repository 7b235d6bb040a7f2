//! Constants of the headers that answers have.

use super::{Claim, Minter};
use crate::analyze::Facts;
use crate::names::case::Case;
use crate::names::scope::Scope;

impl Minter<'_> {
    /// One constant a header. Of several that differ only in what they hold, the first has the
    /// plain name.
    pub(super) fn headers(&mut self, facts: &Facts) {
        let mut known: Vec<String> = Vec::new();
        let mut claims = Vec::new();
        for header in facts.headers() {
            let lower = header.wire.to_ascii_lowercase();
            let (wire, at) = (header.wire.clone(), header.at.clone());
            let claim = match known.contains(&lower) {
                true => Claim::invented(wire, at),
                false => Claim { wire, hint: None, at },
            };
            claims.push(claim);
            known.push(lower);
        }
        let scope = Scope::new(Case::ScreamingSnake).reserved_suffix("header");
        self.table.headers = self.assign(&scope, claims, "header");
    }
}
