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
        let mut parts = text.split(';').map(str::trim);
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

    /// Whether `self`, which may be a range, includes another type. Parameters say how to read a
    /// body, not which one it is: a `charset` the document does not name is no other type.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let kinds = self.kind == "*" || other.kind == "*" || self.kind == other.kind;
        let subtypes = self.subtype == "*"
            || other.subtype == "*"
            || self.subtype == other.subtype
            || (self.subtype.strip_prefix("*+"))
                .is_some_and(|suffix| other.subtype.ends_with(&format!("+{suffix}")));
        kinds && subtypes
    }

    /// How exactly a range names a type, for the choice between several (RFC 9110, section 12.5.1).
    fn precision(&self) -> usize {
        usize::from(self.kind != "*") + usize::from(self.subtype != "*")
    }
}

/// How much a client wants a type: its weight in `Accept`, in thousandths; 0 if it does not.
pub(super) fn weight(accept: Option<&str>, media: &Media) -> u32 {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return 1000 };
    let ranges = accept.split(',').filter_map(Media::parse);
    let matching = ranges.filter(|range| range.includes(media));
    matching.max_by_key(Media::precision).map_or(0, |range| quality(range.parameter("q")))
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
        let check = |accept, expected| assert_eq!(weight(accept, &json), expected, "{accept:?}");
        check(None, 1000);
        check(Some("*/*"), 1000);
        check(Some("application/*;q=0.5"), 500);
        check(Some("*/*, application/json;q=0"), 0);
        check(Some("text/html"), 0);
        check(Some("application/json; charset=utf-8"), 1000);
    }

    #[test]
    fn vendor_types_are_types_of_their_own() {
        let vendor = Media::parse("application/vnd.atlas.2023-01-01+json").unwrap();
        assert!(vendor.is_json());
        assert!(!vendor.includes(&Media::parse("application/json").unwrap()));
        assert!(Media::parse("application/*+json").unwrap().includes(&vendor));
    }
}
