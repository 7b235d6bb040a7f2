//! What no parser of URLs touches, told by a look at its bytes: parsing a URL costs a tenth of a call.

/// Whether a path is of letters, digits and a few signs, as nearly all are. A dot at the start of a
/// segment may be `.` or `..` (WHATWG URL, single-dot and double-dot path segments).
pub(crate) fn path(path: &str) -> bool {
    let mut before = 0;
    let is_kept = |byte: &u8| {
        let at_start = std::mem::replace(&mut before, *byte) == b'/';
        KEPT[usize::from(*byte)] && !(at_start && *byte == b'.')
    };
    path.starts_with('/') && path.as_bytes().iter().all(is_kept)
}

/// Whether no byte of a part of a path has to be encoded, which a slash has to be unless it is kept.
pub(crate) fn part(part: &str, keeps_slash: bool) -> bool {
    part.bytes().all(|byte| KEPT[usize::from(byte)] && (keeps_slash || byte != b'/'))
}

/// What is before a sign of ASCII and what is behind it. `str::split_once` prepares itself for longer
/// texts than templates and names are.
pub(crate) fn split_at(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The same of a part of a query, in which dots and escapes are left as they are.
pub(crate) fn query(encoded: &str) -> bool {
    let is_kept = |byte: u8| KEPT[usize::from(byte)] && byte != b'/' || matches!(byte, b'=' | b'%');
    encoded.bytes().all(is_kept)
}

/// The bytes that stay what they are in a path.
const KEPT: [bool; 256] = {
    let mut kept = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        kept[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/');
        byte += 1;
    }
    kept
};

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts of up to so many of these.
    fn texts(longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            let more = |text: &String| {
                "aZ0-_~/.%=2e&?#\\ ü".chars().map(|c| format!("{text}{c}")).collect()
            };
            last = last.iter().flat_map::<Vec<String>, _>(more).collect();
            all.extend_from_slice(&last);
        }
        all
    }

    #[test]
    fn what_is_not_parsed_would_be_left_as_it_is() {
        let mut plain = 0;
        for prefix in ["https://api.example", "http://127.0.0.1:8080/v1"] {
            for text in texts(4) {
                let whole = format!("/{text}");
                for (is_plain, url) in [
                    (path(&whole), format!("{prefix}{whole}")),
                    (path(&text), format!("{prefix}{text}")),
                    (query(&text), format!("{prefix}/a?{text}&b=c")),
                ] {
                    if is_plain {
                        plain += 1;
                        assert_eq!(url::Url::parse(&url).unwrap().as_str(), url);
                    }
                }
            }
        }
        assert!(plain > 10_000);
    }

    #[test]
    fn what_is_not_plain() {
        for text in ["", "a", "/a/./b", "/a/../b", "/..", "/.well-known", "/a%2fb", "/a b", "/a?b"]
        {
            assert!(!path(text), "{text}");
        }
        assert!(path("/api/atlas/v2/groups/32b6/clusters/Cluster.0/backup"));
    }
}
