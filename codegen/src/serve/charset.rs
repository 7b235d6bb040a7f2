//! Charsets of texts (RFC 2046, section 4.1.2), by the names that IANA registers for them.
//!
//! A document names them as mail does. To `encoding_rs`, which is in the tree by `multer`, ISO-8859-1 and
//! US-ASCII are other names of windows-1252 (WHATWG Encoding, section 4.2), and a letter that they do not have
//! becomes `&#8364;`, as in a form: so the table of the 32 bytes in which they differ stands here.

/// A charset that is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    Ascii,
    Latin1,
    Windows1252,
}

/// What the bytes from 0x80 to 0x9f are in windows-1252; those that it leaves open are the controls of
/// ISO-8859-1, as browsers have it.
const WINDOWS: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

impl Charset {
    /// The charset of a name, whatever its case.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "us" => Self::Ascii,
            "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1" | "latin-1" | "l1" | "cp819"
            | "ibm819" => Self::Latin1,
            "windows-1252" | "cp1252" | "cp-1252" => Self::Windows1252,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The text of these bytes; nothing where they are none.
    pub(super) fn read(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Ascii if !bytes.is_ascii() => None,
            Self::Ascii | Self::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
            Self::Windows1252 => {
                let letter = |byte: &u8| match byte {
                    0x80..=0x9f => WINDOWS.get(usize::from(byte - 0x80)).copied(),
                    other => Some(char::from(*other)),
                };
                bytes.iter().map(letter).collect()
            }
        }
    }

    /// The bytes of a text; a letter that the charset does not have becomes a question mark.
    pub(super) fn write(self, text: &str) -> Vec<u8> {
        let byte = |c: char| match self {
            Self::Windows1252 if WINDOWS.contains(&c) => {
                let at = WINDOWS.iter().position(|known| *known == c);
                at.and_then(|at| u8::try_from(at + 0x80).ok())
            }
            Self::Ascii => u8::try_from(c).ok().filter(u8::is_ascii),
            Self::Windows1252 => u8::try_from(c).ok().filter(|byte| !(0x80..=0x9f).contains(byte)),
            Self::Latin1 | Self::Utf8 => u8::try_from(c).ok(),
        };
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Ascii | Self::Latin1 | Self::Windows1252 => {
                text.chars().map(|c| byte(c).unwrap_or(b'?')).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let all: Vec<u8> = (0..=255).collect();
        for charset in [Charset::Latin1, Charset::Windows1252] {
            assert_eq!(charset.write(&charset.read(&all).unwrap()), all, "{charset:?}");
        }
        assert_eq!(Charset::Windows1252.read(b"\x80\x92\xe4").unwrap(), "€’ä");
        assert_eq!(Charset::Latin1.write("ä€"), b"\xe4?");
        assert_eq!(Charset::Ascii.write("aä"), b"a?");
        assert_eq!(Charset::Ascii.read(b"\xe4"), None);
        assert_eq!(Charset::Utf8.read(b"\xe4"), None);
        assert_eq!(Charset::of("Latin1"), Charset::of("ISO-8859-1"));
        assert_eq!(Charset::of("utf-16"), None);
    }
}
