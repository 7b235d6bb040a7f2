//! From the fates of keys to warnings.

use super::unknown;
use super::walk::Fate;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::{Dialect, Object, Trail};

/// So many unknown keys of one object are told one by one; more of them are one mistake.
const ALONE: usize = 5;
/// How many of such keys are named.
const NAMED: usize = 3;

/// The warnings so far.
pub(super) struct Report {
    dialect: Dialect,
    diagnostics: Diagnostics,
    /// The unknown keys of the object that is looked at.
    open: Vec<(String, Pointer)>,
    holder: Option<(Pointer, Object)>,
}

impl Report {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, diagnostics: Diagnostics::new(), open: Vec::new(), holder: None }
    }

    pub(super) fn note(&mut self, fate: &Fate, trail: &Trail<'_>) {
        match fate {
            Fate::Known | Fate::Free | Fate::Named | Fate::Extension => {}
            Fate::Unknown(object) => self.unknown(*object, trail),
            Fate::Beside => {
                let message = format!("`{}` beside `$ref` is not read", name(trail));
                let warning = Diagnostic::warning(Code::MisplacedKey, message);
                let help = "write it where the reference leads to, or write that out here";
                self.diagnostics.push(warning.at(&trail.pointer()).help(help));
            }
            Fate::Wrong { object, expected, is, help } => {
                let message = format!(
                    "`{}` in {} has to be {expected}, not {is}",
                    name(trail),
                    object.name()
                );
                self.wrong(message, help, trail);
            }
            Fate::NoWord { object, words, near } => {
                let (key, words) = (name(holder(trail)), words.join("`, `"));
                let message = format!("`{key}` in {} has to be one of `{words}`", object.name());
                let warning = Diagnostic::warning(Code::WrongValue, message).at(&trail.pointer());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let help = help.unwrap_or_else(|| "write one of these".to_owned());
                self.diagnostics.push(warning.help(help));
            }
            Fate::NoMapping { object, is, help } => {
                self.wrong(format!("{} has to be a mapping, not {is}", object.name()), help, trail);
            }
        }
    }

    pub(super) fn finish(mut self) -> Diagnostics {
        self.close();
        self.diagnostics
    }

    fn wrong(&mut self, message: String, help: &str, trail: &Trail<'_>) {
        let warning = Diagnostic::warning(Code::WrongValue, message);
        self.diagnostics.push(warning.at(&trail.pointer()).help(help));
    }

    /// The keys of one object come one after the other, with those of what it holds between them.
    fn unknown(&mut self, object: Object, trail: &Trail<'_>) {
        let pointer = trail.pointer();
        let holder = pointer.parent().map(|holder| (holder, object));
        if self.holder != holder {
            self.close();
            self.holder = holder;
        }
        self.open.push((name(trail), pointer));
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let Some((_, object)) = self.holder.take() else { return };
        if open.len() <= ALONE || matches!(object, Object::Paths | Object::Responses) {
            for (key, pointer) in open {
                self.diagnostics.push(unknown::warning(self.dialect, object, &key).at(&pointer));
            }
        } else if let Some((_, first)) = open.first() {
            let named: Vec<String> = open
                .iter()
                .take(NAMED)
                .map(|(key, _)| format!("`{}`", crate::plain::beginning(key)))
                .collect();
            let (named, rest) = (named.join(", "), open.len() - NAMED);
            let message = format!("{named} and {rest} more are no keys of {}", object.name());
            let help =
                "nothing reads them: move them to where they belong, or begin them with `x-`";
            let warning = Diagnostic::warning(Code::UnknownKey, message);
            self.diagnostics.push(warning.at(first).help(help));
        }
    }
}

/// The list that an element is in, or else the value itself.
fn holder<'t>(trail: &'t Trail<'t>) -> &'t Trail<'t> {
    match trail {
        Trail::Index(list, _) => list,
        Trail::Key(..) | Trail::Start(_) => trail,
    }
}

/// The key that a trail ends in.
fn name(trail: &Trail<'_>) -> String {
    match trail {
        Trail::Key(_, key) => (*key).to_owned(),
        Trail::Index(_, index) => index.to_string(),
        Trail::Start(_) => String::new(),
    }
}
