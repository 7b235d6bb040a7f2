//! Characters that are not what they look like, wherever words of a document are shown: in
//! documentation, in comments, and in what a build script tells cargo.

/// Characters that end lines early, reorder them, or cannot be seen.
pub(crate) fn is_dangerous(c: char) -> bool {
    let bidi = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    bidi || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') || (c.is_control() && c != '\t')
}

/// The text as one line in which all that stands is seen, in the order in which it stands.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_dangerous(c) || c.is_control() { ' ' } else { c }).collect()
}

/// As much of a text as fits a line: strangers are not to be trusted to keep it short.
pub(crate) fn beginning(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
