//! Byte offsets to lines and columns.

use std::path::Path;

use crate::diagnostics::Location;

/// The places of some byte offsets, in their order, found in one pass however many they are: a
/// minified document of 4 MB is a single line.
pub(crate) fn locations(path: &Path, text: &str, offsets: &[usize]) -> Vec<Location> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|&at| offsets[at]);
    let unknown = Location { file: path.to_owned(), line: 1, column: 1 };
    let mut locations = vec![unknown; offsets.len()];
    let mut cursor = Cursor { text, offset: 0, line: 1, column: 1 };
    for at in order {
        cursor.advance_to(offsets[at]);
        locations[at].line = cursor.line;
        locations[at].column = cursor.column;
    }
    locations
}

/// The place of one byte offset.
pub(crate) fn location(path: &Path, text: &str, offset: usize) -> Location {
    locations(path, text, &[offset]).remove(0)
}

/// The byte offset of a line (from 1) and a byte column (from 1), as serde_json counts them.
pub(crate) fn offset(text: &str, line: usize, byte_column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + byte_column.saturating_sub(1)).min(text.len())
}

struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    line: usize,
    column: usize,
}

impl Cursor<'_> {
    /// Goes on to `offset`; within a character, to its start.
    fn advance_to(&mut self, offset: usize) {
        let mut end = offset.clamp(self.offset, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let passed = &self.text[self.offset..end];
        self.line += passed.bytes().filter(|&b| b == b'\n').count();
        match passed.rfind('\n') {
            Some(newline) => self.column = passed[newline + 1..].chars().count() + 1,
            None => self.column += passed.chars().count(),
        }
        self.offset = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_lines_count_from_one() {
        let text = "a\nüöx\r\nb";
        let places: Vec<(usize, usize)> = locations(Path::new("f"), text, &[9, 0, 6, 4, 99])
            .into_iter()
            .map(|location| (location.line, location.column))
            .collect();
        assert_eq!(places, [(3, 1), (1, 1), (2, 3), (2, 2), (3, 2)]);
    }

    #[test]
    fn a_byte_column_leads_back_to_its_offset() {
        let text = "a\nüöx\nb";
        assert_eq!(offset(text, 2, 5), 6);
        assert_eq!(offset(text, 9, 9), text.len());
    }
}
