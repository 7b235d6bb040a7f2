//! One message for what a document does again and again.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Diagnostics, Severity};

/// So many equal warnings are told one by one.
const ALONE: usize = 3;
/// How many lines are named beside that of the first one.
const NAMED: usize = 3;

impl Diagnostics {
    /// Leaves of equal warnings or notes, where there are many, the first, with the number of the
    /// others and where the next ones are. Errors are all told: each has to be mended.
    pub(crate) fn group(&mut self) {
        let mut groups: BTreeMap<(Code, String), Vec<Diagnostic>> = BTreeMap::new();
        let is_grouped = |d: &Diagnostic| d.severity != Severity::Error && d.pointer.is_some();
        for one in self.0.iter().filter(|d| is_grouped(d)) {
            groups.entry(key(one)).or_default().push(one.clone());
        }
        groups.retain(|_, all| all.len() > ALONE);
        self.0.retain_mut(|diagnostic| {
            if !is_grouped(diagnostic) {
                return true;
            }
            let Some(all) = groups.get_mut(&key(diagnostic)) else { return true };
            if all.is_empty() {
                return false;
            }
            gather(diagnostic, &std::mem::take(all));
            true
        });
    }
}

fn key(diagnostic: &Diagnostic) -> (Code, String) {
    (diagnostic.code, diagnostic.message.clone())
}

fn gather(first: &mut Diagnostic, all: &[Diagnostic]) {
    first.more = u32::try_from(all.len() - 1).unwrap_or(u32::MAX);
    first.message = format!("{} ({} places)", first.message, all.len());
    let lines = all.iter().skip(1).filter_map(|d| d.location.as_ref());
    let own = first.location.as_ref().map(|place| place.file.clone());
    let lines = lines.take(NAMED).map(|place| match &own {
        Some(file) if *file == place.file => place.line.to_string(),
        _ => format!("{}:{}", place.file.display(), place.line),
    });
    let lines: Vec<String> = lines.collect();
    let rest = all.len() - 1 - lines.len();
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let places = format!("also in line {}{rest}", lines.join(", "));
    first.help = Some(match first.help.take() {
        Some(help) => format!("{help}; {places}"),
        None => places,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;
    use crate::pointer::Pointer;

    fn at(line: usize, message: &str) -> Diagnostic {
        Diagnostic::usual(Code::FaultyDocument, message)
            .at(&Pointer::root().index(line))
            .located(Location { file: "a".into(), line, column: 1 })
            .help("mend it")
    }

    #[test]
    fn many_equal_warnings_are_one() {
        let mut all: Diagnostics = (1..=6).map(|line| at(line, "odd")).collect();
        all.extend((7..=9).map(|line| at(line, "rare")));
        all.group();
        let told: Vec<(&str, u32)> = all.iter().map(|d| (d.message.as_str(), d.more)).collect();
        assert_eq!(told, [("odd (6 places)", 5), ("rare", 0), ("rare", 0), ("rare", 0)]);
        let help = all.iter().next().and_then(|d| d.help.as_deref());
        assert_eq!(help, Some("mend it; also in line 2, 3, 4 and 2 more"));
        assert_eq!(all.counts()["faulty-document"], 9);
    }

    #[test]
    fn lines_of_other_files_have_their_name() {
        let other = |line| {
            let place = Location { file: "b".into(), line, column: 1 };
            Diagnostic { location: Some(place), ..at(line, "odd") }
        };
        let mut all: Diagnostics =
            [at(1, "odd"), at(2, "odd"), other(3), other(4)].into_iter().collect();
        all.group();
        let help = all.iter().next().and_then(|d| d.help.as_deref());
        assert_eq!(help, Some("mend it; also in line 2, b:3, b:4"));
    }

    #[test]
    fn errors_are_not_grouped() {
        let broken = |line| Diagnostic { severity: Severity::Error, ..at(line, "broken") };
        let mut all: Diagnostics = (1..=9).map(broken).collect();
        all.group();
        assert_eq!(all.len(), 9);
    }
}
