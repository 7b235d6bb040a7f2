//! What the tree of a document may cost: its size, and the ways to all of its places.
//!
//! Both are in proportion to the text. A few aliases can stand for more than any memory holds, and so
//! can one long name with many places below it.

/// What a node costs beside its text, in bytes: about the size of a member of a mapping.
pub(super) const NODE: usize = 96;

/// What any document may cost, in bytes.
const BUDGET: usize = 32 << 20;

/// What a document may cost for each byte of its text. Real ones cost 5 to 10, minified ones up to
/// 25, and only a list of many empty things more than this.
const BUDGET_PER_BYTE: usize = 50;

/// How many bytes the ways to all places of any document may have. Behind a name of 100,000 bytes
/// each of a thousand places repeats it, in its pointer and in whatever is named after it.
const WAYS: usize = 16 << 20;

/// How many they may have for each byte of its text. Real ones have up to 3.
const WAYS_PER_BYTE: usize = 16;

/// What the files of a document cost so far: a long document may cost more than a short one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowance {
    text: usize,
    spent: usize,
    ways: usize,
}

impl Allowance {
    /// That of a document whose first file has this text.
    pub(crate) fn after(text: &str) -> Self {
        Self { text: text.len(), spent: 0, ways: 0 }
    }

    /// Another file was read, of so many bytes.
    pub(crate) fn read(&mut self, bytes: usize) {
        self.text = self.text.saturating_add(bytes);
    }

    /// How much text there is, in bytes.
    pub(crate) fn text(&self) -> usize {
        self.text
    }

    /// Takes note of a part of the tree; false once there are too many.
    #[must_use]
    pub(crate) fn spend(&mut self, bytes: usize) -> bool {
        self.spent = self.spent.saturating_add(bytes);
        self.spent <= BUDGET.max(self.text.saturating_mul(BUDGET_PER_BYTE))
    }

    /// Takes note of a place that so many bytes lead to; false once there are too many.
    #[must_use]
    pub(crate) fn spend_way(&mut self, bytes: usize) -> bool {
        self.ways = self.ways.saturating_add(bytes);
        self.ways <= WAYS.max(self.text.saturating_mul(WAYS_PER_BYTE))
    }

    /// What a member of a tree costs whose text is as long as this.
    #[must_use]
    pub(crate) fn spend_node(&mut self, text: usize) -> bool {
        self.spend(NODE + text)
    }
}

/// What is wrong where the ways are too long in all, and what to do.
pub(crate) const REPEATED_NAMES: &str =
    "the names in the document are too long for all that stands below them";
pub(crate) const SHORTER_NAMES: &str = "every place has the names of all that it stands in: shorten the longest of them, or move what is \
     below into components";
