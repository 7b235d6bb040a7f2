//! Two versions of a document, generated as one configuration has it.
//!
//! A configuration follows one of the two. What it names and the other does not have is the very thing
//! that a comparison is for, so that an entry need hold in one of them only; that the other lacks it is
//! a note. An entry that holds in neither is a mistake, as it is where one document is generated.

use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Diagnostics, Location, Setting, Severity};
use crate::source::Files;
use crate::{Generated, Options, crate_features, generate};

/// What came of both versions.
#[derive(Debug)]
pub struct Sides {
    /// Of the document as it was.
    pub old: Generated,
    /// Of the document as it is.
    pub new: Generated,
    /// Entries of the configuration and actions of overlays that hold in the document as it is and not
    /// in the one as it was, and those that mean another thing in each.
    pub notes: Diagnostics,
    /// Those that hold in the document as it was alone: generating from the other is refused until they
    /// are mended.
    pub to_mend: Diagnostics,
}

/// Generates both versions as modules, which [`compare`](super::compare) takes, with the features that
/// they have as crates unless the configuration has no crate. Warnings stop neither.
///
/// # Errors
///
/// What is wrong with either, and what is named of neither. Whatever is told of the configuration or an
/// overlay says which of the two documents it is about.
pub fn sides(
    options: &Options,
    old: &Path,
    new: &Path,
    files: &dyn Files,
) -> Result<Sides, Diagnostics> {
    let (old, new) = (Side::of(options, old, files), Side::of(options, new, files));
    let Told { mut notes, mut to_mend } = told(&options.overlays, &old, &new);
    match (old.made, new.made) {
        (Ok(old), Ok(new)) if !notes.has_errors() && !to_mend.has_errors() => {
            Ok(Sides { old, new, notes, to_mend })
        }
        (old, new) => {
            // What only one has explains itself once the other is sound.
            let is_problem = |one: &Diagnostic| one.severity == Severity::Error;
            notes.retain(is_problem);
            to_mend.retain(is_problem);
            let other = |made: Result<_, Diagnostics>| made.err().into_iter().flatten();
            let rest = other(old).chain(other(new));
            let is_of_document = |one: &Diagnostic| !is_beside(one, &options.overlays);
            Err(rest.filter(is_of_document).chain(notes).chain(to_mend).collect())
        }
    }
}

/// One of the two.
struct Side<'a> {
    spec: &'a Path,
    made: Result<Generated, Diagnostics>,
}

impl<'a> Side<'a> {
    fn of(options: &Options, spec: &'a Path, files: &dyn Files) -> Self {
        let module_only = options.module_only;
        let mut options = Options {
            spec: spec.to_owned(),
            module_only: true,
            strict: false,
            may_be_stale: true,
            // Two entries of one kind are two notes.
            verbose: true,
            ..options.clone()
        };
        options.selection.may_be_stale = true;
        let made = generate(&options, files).map(|made| {
            let features = crate_features(&Options { module_only, ..options.clone() }, files);
            Generated { features, ..made }
        });
        Self { spec, made }
    }

    /// What is told of the configuration and the overlays: what stops this side, and what is stale.
    fn beside<'s>(&'s self, overlays: &'s [PathBuf]) -> impl Iterator<Item = &'s Diagnostic> {
        self.told().iter().filter(|one| {
            one.is_stale || (one.severity == Severity::Error && is_beside(one, overlays))
        })
    }

    /// Notes of entries that count the elements of a list, with the name of the one that is meant.
    fn counted(&self) -> impl Iterator<Item = &Diagnostic> {
        self.told()
            .iter()
            .filter(|one| one.severity == Severity::Note && !one.is_stale && one.setting.is_some())
    }

    fn told(&self) -> &Diagnostics {
        match &self.made {
            Ok(generated) => &generated.warnings,
            Err(problems) => problems,
        }
    }

    fn has_failed_early(&self) -> bool {
        let is_fresh = |one: &Diagnostic| one.severity == Severity::Error && !one.is_stale;
        self.made.as_ref().is_err_and(|problems| problems.iter().any(is_fresh))
    }
}

/// Whether it stands beside the document: in the configuration or an overlay.
fn is_beside(one: &Diagnostic, overlays: &[PathBuf]) -> bool {
    let is_overlay = |at: &Location| overlays.contains(&at.file);
    one.setting.is_some() || one.location.as_ref().is_some_and(is_overlay)
}

/// What the configuration says, by where it says it.
fn key(one: &Diagnostic) -> (Option<&Setting>, Option<&Location>) {
    let setting = one.setting.as_deref();
    (setting, one.location.as_ref().filter(|_| setting.is_none()))
}

/// What is told of the configuration and the overlays.
#[derive(Default)]
struct Told {
    notes: Diagnostics,
    to_mend: Diagnostics,
}

/// Each problem of the configuration and the overlays once, with the documents that it is about.
fn told(overlays: &[PathBuf], old: &Side<'_>, new: &Side<'_>) -> Told {
    let mut told = Told::default();
    for (side, other) in [(old, new), (new, old)] {
        let is_first = std::ptr::eq(side, old);
        for one in side.beside(overlays) {
            let is_same = |another: &&Diagnostic| {
                key(another) == key(one) && another.is_stale == one.is_stale
            };
            let twin = other.beside(overlays).find(is_same);
            match twin {
                // It may be missing in one, and left out of the other by the choice of operations.
                Some(twin) if one.is_stale && twin.message != one.message => {
                    let message = format!("{} (in `{}`)", one.message, side.spec.display());
                    let severity = Severity::Error;
                    told.notes.push(Diagnostic { message, severity, ..one.clone() });
                }
                Some(_) if is_first => told.notes.push(of_both(one, side.spec, other.spec)),
                Some(_) => {}
                None if is_first => told.notes.push(of_one(one, side, other, Then::Holds)),
                None => told.to_mend.push(of_one(one, side, other, Then::Refused)),
            }
        }
    }
    told.notes.extend(moved(old, new));
    told
}

/// Entries that count the elements of a list, in which another stands in that place now.
fn moved<'s>(old: &'s Side<'_>, new: &'s Side<'_>) -> impl Iterator<Item = Diagnostic> + 's {
    old.counted().filter_map(move |one| {
        let twin = new.counted().find(|another| key(another) == key(one))?;
        let named = |one: &'s Diagnostic| one.help.as_deref()?.split('`').nth(1);
        let (was, is) = (named(one)?, named(twin)?);
        let setting = one.setting.as_deref()?;
        let (key, entry) = (setting.key, setting.entry.as_deref()?);
        (was != is).then(|| {
            let message = format!(
                "`{key}` names `{entry}` by its position, which is `{was}` in `{}` and `{is}` in `{}`",
                old.spec.display(),
                new.spec.display(),
            );
            let told = Diagnostic::warning(one.code, message).about(key, Some(entry));
            told.help(format!("write the one that is meant, such as `{was}`"))
        })
    })
}

fn of_both(one: &Diagnostic, old: &Path, new: &Path) -> Diagnostic {
    let (old, new) = (old.display(), new.display());
    let message = format!("{} (in `{old}` as in `{new}`)", one.message);
    let message = if one.is_stale { message } else { one.message.clone() };
    Diagnostic { message, severity: Severity::Error, ..one.clone() }
}

/// What generating from the document as it is makes of an entry that holds in one of them.
#[derive(Clone, Copy)]
enum Then {
    Holds,
    Refused,
}

fn of_one(one: &Diagnostic, side: &Side<'_>, other: &Side<'_>, then: Then) -> Diagnostic {
    let message = format!("{} (in `{}`)", one.message, side.spec.display());
    let told = Diagnostic { message, ..one.clone() };
    if !one.is_stale || other.has_failed_early() {
        return told;
    }
    let holds = format!("it holds in `{}`", other.spec.display());
    told.help(match then {
        Then::Holds => holds,
        Then::Refused => {
            let spec = side.spec.display();
            format!(
                "{holds}; `generate` refuses it with `{spec}`, until it is corrected or removed"
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Memory;

    const OLD: &str = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get: {operationId: a, tags: [t], responses: {'204': {description: d}}}
  /b:
    get: {operationId: b, responses: {'204': {description: d}}}
components:
  schemas:
    Gone: {type: object, properties: {m: {type: string, format: money}}}
    Colour: {type: string, enum: [red]}
";

    /// The same without the operation `a`, the schema `Gone` and the enum.
    const NEW: &str = "\
openapi: 3.0.3
info: {title: T, version: '2'}
paths:
  /b:
    get: {operationId: b, responses: {'204': {description: d}}}
components:
  schemas:
    Colour: {type: string}
";

    fn run(keys: &str, overlay: &str, old: &str, new: &str) -> Result<Sides, Diagnostics> {
        let text = format!("[[client]]\nspec = 'old.yaml'\nout = 'o'\n{keys}\n");
        let config = Config::parse(&text, Path::new("specwright.toml")).unwrap();
        let files = Memory::default()
            .with("old.yaml", old)
            .with("new.yaml", new)
            .with("overlay.yaml", format!("overlay: 1.0.0\nactions:\n{overlay}"));
        let options = Options::from(&config.clients[0]);
        sides(&options, Path::new("old.yaml"), Path::new("new.yaml"), &files)
    }

    /// Every key that names something of the document.
    const KEYS: [&str; 10] = [
        "rename = { '/components/schemas/Gone' = 'Lost' }",
        "closed = ['/components/schemas/Colour']",
        "type-derives = { '/components/schemas/Gone' = ['Hash'] }",
        "types = { '/components/schemas/Gone' = 'a::B' }",
        "formats = { money = 'a::Money' }",
        "operations = ['a']",
        "tags = ['t']",
        "paths = ['/a']",
        "operations = ['a', 'b']",
        "overlays = ['overlay.yaml']",
    ];
    const OVERLAY: &str = "  - {target: \"$.paths['/a']\", update: {summary: s}}\n";

    #[test]
    fn what_one_of_the_two_has_is_enough() {
        for keys in KEYS {
            for (old, new, lacking) in [(OLD, NEW, "new.yaml"), (NEW, OLD, "old.yaml")] {
                let sides = run(keys, OVERLAY, old, new);
                let sides = sides.unwrap_or_else(|refused| panic!("{keys}: {refused}"));
                let told: Vec<_> = sides.notes.iter().chain(&sides.to_mend).collect();
                let [note] = told.as_slice() else { panic!("{keys}: {}", sides.notes) };
                assert_eq!(note.severity, Severity::Note, "{keys}");
                let end = format!(" (in `{lacking}`)");
                assert!(note.message.ends_with(&end), "{keys}: {}", note.message);
                let help = note.help.as_deref().unwrap();
                assert!(
                    help.starts_with("it holds in ") && !help.contains("did you mean"),
                    "{help}"
                );
                // Of the document as it is, that is what generating from it comes to.
                let is_refused = help.contains("`generate` refuses it with `new.yaml`");
                assert_eq!(is_refused, lacking == "new.yaml", "{keys}: {help}");
                assert_eq!(sides.to_mend.len(), usize::from(is_refused), "{keys}");
                let is_placed = note.setting.is_some() || note.location.is_some();
                assert!(is_placed, "{keys}");
            }
        }
    }

    #[test]
    fn what_neither_has_is_an_error() {
        for keys in KEYS.iter().filter(|keys| !keys.contains("'b'")) {
            let refused = run(keys, OVERLAY, NEW, NEW).unwrap_err();
            let told: Vec<_> = refused.iter().collect();
            let [error] = told.as_slice() else { panic!("{keys}: {refused}") };
            assert_eq!(error.severity, Severity::Error, "{keys}");
            let end = " (in `old.yaml` as in `new.yaml`)";
            assert!(error.message.ends_with(end), "{keys}: {}", error.message);
        }
    }

    /// What is there and was not chosen is not said to be missing.
    #[test]
    fn what_is_not_chosen_is_told_as_that() {
        let keys = "operations = ['b']\nrename = { '/components/schemas/Gone' = 'Lost' }";
        let refused = run(keys, "", OLD, NEW).unwrap_err();
        let told: Vec<_> = refused.iter().map(|one| one.message.as_str()).collect();
        let name = "`rename` names `/components/schemas/Gone`";
        let expected = [
            format!("{name}, which the choice of `operations` does not reach (in `old.yaml`)"),
            format!("{name}, where nothing that has a name stands (in `new.yaml`)"),
        ];
        assert_eq!(told, expected);
        let refused = run(keys, "", OLD, OLD).unwrap_err();
        let told: Vec<_> = refused.iter().map(|one| one.message.as_str()).collect();
        let both = "does not reach (in `old.yaml` as in `new.yaml`)";
        assert!(told.len() == 1 && told[0].ends_with(both), "{told:?}");
    }

    #[test]
    fn a_position_that_is_something_else_by_now_is_told() {
        let parameters = "[{name: a, in: query, schema: {type: string}}, \
                          {name: b, in: query, schema: {type: string}}]";
        let old = OLD.replace("tags: [t],", &format!("tags: [t], parameters: {parameters},"));
        let more = "[{name: z, in: query, schema: {type: string}}, {name: a";
        let new = old.replace("[{name: a", more);
        let by = |entry: &str| {
            let keys = format!("drop-parameters = ['/paths/~1a/get/parameters/{entry}']");
            run(&keys, "", &old, &new).unwrap()
        };
        let counted = by("0");
        let [told] = counted.notes.iter().collect::<Vec<_>>()[..] else {
            panic!("{}", counted.notes)
        };
        assert_eq!(told.severity, Severity::Warning);
        assert_eq!(
            told.message,
            "`drop-parameters` names `/paths/~1a/get/parameters/0` by its position, which is \
             `/paths/~1a/get/parameters/query=a` in `old.yaml` and \
             `/paths/~1a/get/parameters/query=z` in `new.yaml`"
        );
        let named = by("query=a");
        assert!(named.notes.is_empty(), "{}", named.notes);
        // What is named is left out of both, and the rest is what the comparison is about.
        let difference = super::super::compare(&named.old, &named.new).unwrap();
        let paths: Vec<&str> = difference.changes.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths, ["operations::A::z"]);
        let at = difference.changes[0].pointer.as_ref().map(ToString::to_string);
        assert_eq!(at.as_deref(), Some("/paths/~1a/get"));
    }

    /// A crate has a feature a tag, which who asks for it by name loses with the tag.
    #[test]
    fn the_features_of_a_crate_are_compared() {
        let old = OLD.replace("operationId: b,", "operationId: b, tags: [u],");
        let new = old.replace("tags: [u]", "tags: [v]");
        let told = |keys: &str, new: &str| -> Vec<String> {
            let sides = run(keys, "", &old, new).unwrap();
            let difference = super::super::compare(&sides.old, &sides.new).unwrap();
            let told = difference.changes.iter();
            told.map(|one| format!("{} {}: {}", one.impact.as_str(), one.path, one.what)).collect()
        };
        let expected =
            ["breaking feature `u`: the feature is gone", "compatible feature `v`: a new feature"];
        assert_eq!(told("", &new), expected);
        assert_eq!(told("rename = { '/paths/~1b/get' = 'c' }", &new), expected);
        assert!(told("", &old).is_empty());
        // Whoever includes a module has no features.
        assert!(told("module-only = true", &new).is_empty());
    }

    /// It is of the document what may be left out, and as what.
    #[test]
    fn what_may_be_left_out_of_one_alone_is_a_note() {
        let with = |more: &str| {
            let parameter = format!("parameters: [{{name: q, in: query, {more}}}],");
            OLD.replace("tags: [t],", &format!("tags: [t], {parameter}"))
        };
        let (optional, required) =
            (with("schema: {type: string}"), with("required: true, schema: {type: string}"));
        let number = with("schema: {type: integer}");
        let at = "/paths/~1a/get/parameters/query=q";
        let (drop, fix) = (
            format!("drop-parameters = ['{at}']"),
            format!("fixed-parameters = {{ '{at}' = 'x' }}"),
        );
        for (keys, sound, refused) in
            [(&drop, &optional, &required), (&fix, &optional, &number), (&fix, &required, &number)]
        {
            let sides =
                run(keys, "", sound, refused).unwrap_or_else(|told| panic!("{keys}: {told}"));
            assert!(sides.notes.is_empty(), "{keys}: {}", sides.notes);
            let told: Vec<_> = sides.to_mend.iter().collect();
            let [note] = told.as_slice() else { panic!("{keys}: {}", sides.to_mend) };
            assert_eq!(note.severity, Severity::Note);
            assert!(note.message.ends_with(" (in `new.yaml`)"), "{}", note.message);
            let help = note.help.as_deref().unwrap();
            assert!(help.contains("`generate` refuses it with `new.yaml`"), "{help}");
            let back = run(keys, "", refused, sound).unwrap();
            assert_eq!((back.notes.len(), back.to_mend.len()), (1, 0), "{keys}");
            // In neither it is a mistake, as where one document is generated.
            let both = run(keys, "", refused, refused).unwrap_err();
            assert_eq!(both.len(), 1, "{both}");
            assert!(
                both.has_errors() && both.to_string().contains("(in `old.yaml` as in"),
                "{both}"
            );
        }
        let both = run(&format!("{drop}\n{fix}"), "", &optional, &required).unwrap_err();
        assert!(both.to_string().contains("both name `q`"), "{both}");
    }

    /// A choice of what is gone is no choice of everything.
    #[test]
    fn a_chosen_operation_that_goes_leaves_nothing() {
        let sides = run(KEYS[5], "", OLD, NEW).unwrap();
        assert_eq!((sides.old.summary.operations, sides.new.summary.operations), (1, 0));
    }

    #[test]
    fn what_is_wrong_with_a_document_is_told_as_ever() {
        let broken = NEW.replace("openapi: 3.0.3", "openapi: 9.0.0");
        let refused = run(KEYS[0], "", OLD, &broken).unwrap_err();
        let places = refused.iter().filter_map(|one| one.location.as_ref());
        assert!(places.into_iter().any(|at| at.file == Path::new("new.yaml")), "{refused}");
        // What is wrong with the configuration alone is told once, and of no document.
        let refused = run("open = ['/components/schemas/Colour']", "", OLD, OLD).unwrap_err();
        assert_eq!(refused.iter().count(), 1, "{refused}");
        assert!(!refused.to_string().contains("old.yaml"), "{refused}");
    }
}
