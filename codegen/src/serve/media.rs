//! Media types (RFC 9110, section 8.3.1): which one a body is, and which one a client accepts.

/// What of a media type decides: type and subtype in lower case, and its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Media {
    kind: String,
    subtype: String,
    parameters: Vec<(String, String)>,
}

impl Media {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts = unquoted(text, ';');
        let mut parts = parts.iter().map(|part| part.trim());
        let (kind, subtype) = parts.next()?.split_once('/')?;
        if kind.is_empty() || subtype.is_empty() {
            return None;
        }
        let parameter = |part: &str| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()))
        };
        Some(Self {
            kind: kind.to_ascii_lowercase(),
            subtype: subtype.to_ascii_lowercase(),
            parameters: parts.filter_map(parameter).collect(),
        })
    }

    pub(super) fn is_json(&self) -> bool {
        self.subtype == "json" || self.subtype.ends_with("+json")
    }

    pub(super) fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind == kind && self.subtype == subtype
    }

    pub(super) fn is_text(&self) -> bool {
        self.kind == "text"
    }

    /// Whether it stands for several types.
    pub(super) fn is_range(&self) -> bool {
        self.kind == "*" || self.subtype == "*"
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether `self`, which may be a range, includes another type. A parameter that both have tells types
    /// apart (`version=1` beside `version=2`); one that either leaves out says nothing.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let kinds = self.kind == "*" || other.kind == "*" || self.kind == other.kind;
        let subtypes = self.subtype == "*"
            || other.subtype == "*"
            || self.subtype == other.subtype
            || (self.subtype.strip_prefix("*+"))
                .is_some_and(|suffix| other.subtype.ends_with(&format!("+{suffix}")));
        let differs = |(name, value): &(&str, &str)| {
            other.parameter(name).is_some_and(|known| !known.eq_ignore_ascii_case(value))
        };
        kinds && subtypes && !self.telling().any(|one| differs(&one))
    }

    /// The parameters that say which type it is, not how its bytes are read or how much it is wanted.
    fn telling(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(|(name, _)| !["charset", "boundary", "q"].contains(name))
    }

    /// How exactly it names another type that it includes (RFC 9110, section 12.5.1): which of type and
    /// subtype, and how many of its parameters.
    pub(super) fn precision(&self, other: &Self) -> (usize, usize) {
        let names = usize::from(self.kind != "*")
            + usize::from(self.subtype != "*" && !self.subtype.starts_with("*+"));
        (names, self.telling().filter(|(name, _)| other.parameter(name).is_some()).count())
    }
}

/// How much a client wants a type: its weight in `Accept`, in thousandths, and how many parameters of it
/// are named there; nothing if it does not want it.
pub(super) fn weight(accept: Option<&str>, media: &Media) -> Option<(u32, usize)> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return Some((1000, 0));
    };
    let ranges = unquoted(accept, ',');
    let ranges = ranges.iter().filter_map(|range| Media::parse(range));
    let best =
        ranges.filter(|range| range.includes(media)).max_by_key(|range| range.precision(media))?;
    let weight = quality(best.parameter("q"));
    (weight > 0).then(|| (weight, best.precision(media).1))
}

/// The parts of a text between separators that stand in no quotes.
fn unquoted(text: &str, separator: char) -> Vec<&str> {
    let mut is_quoted = false;
    let is_end = |c: char| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    };
    text.split(is_end).collect()
}

fn quality(text: Option<&str>) -> u32 {
    let weight: f64 = text.and_then(|text| text.parse().ok()).unwrap_or(1.0);
    (weight.clamp(0.0, 1.0) * 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_range_gives_the_weight() {
        let json = Media::parse("application/json").unwrap();
        let check = |accept, expected| {
            let weight = weight(accept, &json).map_or(0, |(weight, _)| weight);
            assert_eq!(weight, expected, "{accept:?}");
        };
        check(None, 1000);
        check(Some("*/*"), 1000);
        check(Some("application/*;q=0.5"), 500);
        check(Some("*/*, application/json;q=0"), 0);
        check(Some("text/html"), 0);
        check(Some("application/json; charset=utf-8"), 1000);
    }

    #[test]
    fn parameters_that_differ_make_types_that_differ() {
        let media = |text| Media::parse(text).unwrap();
        let first = media("application/json; version=1; charset=utf-8");
        let check =
            |range, expected| assert_eq!(media(range).includes(&first), expected, "{range}");
        check("application/json", true);
        check("application/json;version=1", true);
        check("application/json; Version=\"1\"; charset=latin1", true);
        check("application/json; version=2", false);
        check("application/*; version=2", false);
        check("application/json; odata=full", true);
        let wanted = |accept| weight(Some(accept), &first);
        assert_eq!(wanted("application/json; version=2"), None);
        assert_eq!(wanted("application/json;version=1;q=0.5, application/json"), Some((500, 1)));
        assert_eq!(wanted("application/json; p=\"a,b;c\";version=1"), Some((1000, 1)));
    }

    #[test]
    fn vendor_types_are_types_of_their_own() {
        let vendor = Media::parse("application/vnd.atlas.2023-01-01+json").unwrap();
        assert!(vendor.is_json());
        assert!(!vendor.includes(&Media::parse("application/json").unwrap()));
        assert!(Media::parse("application/*+json").unwrap().includes(&vendor));
    }
}
