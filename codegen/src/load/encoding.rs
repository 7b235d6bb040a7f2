//! Bytes to text. Only UTF-8 is read (RFC 8259 section 8.1 demands it of JSON).

use std::path::Path;

use crate::diagnostics::{Code, Diagnostic, Location};
use crate::pointer::Pointer;
use crate::source::position;

/// The text without a byte order mark.
pub(super) fn decode(path: &Path, mut bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let refuse = |place: Location, message: &str| {
        Diagnostic::error(Code::Encoding, message).at(&Pointer::root()).located(place)
    };
    let start = Location { file: path.to_owned(), line: 1, column: 1 };
    if let Some(kind) = packed(&bytes) {
        return Err(refuse(start, &format!("the file is packed with {kind}"))
            .help("unpack it, and name the file that was in it"));
    }
    if is_wide(&bytes) {
        return Err(refuse(start, "the file is UTF-16 or UTF-32 text, not UTF-8")
            .help("save the file as UTF-8"));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse(start, "the file is empty").help("name another file"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let sound = String::from_utf8_lossy(&bytes[..at]);
        refuse(
            position::location(path, &sound, at),
            &format!("the file is not UTF-8: byte 0x{byte:02X} at offset {at}"),
        )
        .help("save the file as UTF-8")
    })
}

/// What a file is packed with, by the bytes that it begins with (RFC 1952, section 2.3.1, for gzip).
fn packed(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 4] = [
        (b"\x1F\x8B", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| *kind)
}

/// A byte order mark of another encoding, or a NUL among the first characters, which neither JSON
/// nor YAML may hold and every UTF-16 text that begins with ASCII does.
fn is_wide(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\x00\x00\xFE\xFF"];
    marks.iter().any(|mark| bytes.starts_with(mark)) || bytes.iter().take(4).any(|&b| b == 0)
}
