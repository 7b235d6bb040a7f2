//! What is said of the names that the user chose: those that are taken, those of nothing.

use super::super::scope::Assigned;
use super::{Claim, Minter};
use crate::diagnostics::{Code, Diagnostic};
use crate::nearest::did_you_mean_place;
use crate::pointer::Pointer;

impl Minter<'_> {
    pub(super) fn is_renamed(&self, claim: &Claim) -> bool {
        self.renames.contains_key(self.origins.of(&claim.at).as_str())
    }

    /// A name of the user's choice that two things would have, of which `holder` has it. Where one of
    /// them has no name but what is made up for it, or both are the same part of the document, a suffix
    /// does; else nobody gets what they asked for.
    pub(super) fn report_rename(
        &mut self,
        (claim, own, kind): (&Claim, &Assigned, &str),
        (holder, of_holder): (&Claim, &str),
        wanted: &str,
    ) {
        let (here, there) = (self.origins.of(&claim.at), self.origins.of(&holder.at));
        if here != there && !claim.is_invented() && !holder.is_invented() {
            let (renamed, other, of_other) =
                if self.is_renamed(claim) { (here, there, of_holder) } else { (there, here, kind) };
            let other = self.shown.shown(&other);
            let message = format!(
                "`rename` calls `{renamed}` `{wanted}`, which is the name of the {of_other} at `{other}`"
            );
            self.refuse(claim, &renamed, message, "choose another name for one of the two");
            return;
        }
        let (here, there) = (self.shown.shown(&here), self.shown.shown(&there));
        let message = if self.is_renamed(claim) {
            format!(
                "`rename` calls `{here}` `{wanted}`, which is the name of the {of_holder} at `{there}`"
            )
        } else {
            format!(
                "the {kind} `{}` would be `{wanted}`, the name that `rename` gives to `{there}`",
                claim.wire
            )
        };
        let help = format!("it is called `{}`; choose another name for one of the two", own.ident);
        let warning = Diagnostic::warning(Code::NameCollision, message).at(&claim.at);
        self.diagnostics.push(warning.help(help));
    }

    /// A name of the user's choice that is not to be had.
    pub(super) fn report_reserved(&mut self, claim: &Claim, wanted: &str, what: &str) {
        let at = self.origins.of(&claim.at);
        let message =
            format!("`rename` calls the {what} `{at}` `{wanted}`, and that name has a meaning");
        self.refuse(claim, &at, message, "choose another name");
    }

    /// In another version of the document, the name may be free.
    fn refuse(&mut self, claim: &Claim, renamed: &Pointer, message: String, help: &str) {
        let error = Diagnostic::error(Code::Config, message).at(&claim.at);
        let error = error.about("rename", Some(renamed.as_str())).stale();
        self.diagnostics.push(error.help(help));
    }

    /// Names that the user chose for nothing.
    pub(super) fn report_stale(&mut self) {
        let stale = self.renames.keys().filter(|key| !self.used.contains(key.as_str()));
        for pointer in stale {
            let message =
                format!("`rename` names `{pointer}`, where nothing that has a name stands");
            let places: Vec<String> =
                self.places.iter().map(|place| self.shown.shown(place)).collect();
            let help = did_you_mean_place(pointer, places.iter().map(String::as_str))
                .unwrap_or_else(|| "remove the entry, or correct the JSON pointer".to_owned());
            let error = Diagnostic::error(Code::Config, message).about("rename", Some(pointer));
            let error = error.stale();
            self.diagnostics.push(error.help(help));
        }
    }
}
