//! What generated code says of the pages that an operation answers with: part of its `static` record.

/// How one page leads to the next.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) turn: Turn,
    pub(crate) items: &'static [Step],
    pub(crate) next: Option<&'static [Step]>,
    pub(crate) more: Option<&'static [Step]>,
}

/// What makes a call ask for the next page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn {
    /// A parameter that counts pages, and the number of the first.
    Number(&'static str, i64),
    /// A parameter that counts items, and what stands for the first.
    Offset(&'static str, i64),
    /// A parameter that takes what the last answer gave.
    Cursor(&'static str),
    /// An address in the body of the last answer.
    Link,
    /// An address in its header `Link`.
    Header,
}

/// A step from a JSON value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The property of this name.
    Name(&'static str),
    /// The last item of a list.
    Last,
    /// The first item of a list whose property of this name is this text.
    Where(&'static str, &'static str),
}

impl Paging {
    /// Pages that the query parameter `parameter` counts, from `first` on.
    #[must_use]
    pub const fn number(parameter: &'static str, first: i64) -> Self {
        Self::new(Turn::Number(parameter, first))
    }

    /// Pages that begin at the item which the query parameter `parameter` says; `first` is that of
    /// all of them.
    #[must_use]
    pub const fn offset(parameter: &'static str, first: i64) -> Self {
        Self::new(Turn::Offset(parameter, first))
    }

    /// Pages of which each says what the query parameter `parameter` is to be for the next.
    #[must_use]
    pub const fn cursor(parameter: &'static str) -> Self {
        Self::new(Turn::Cursor(parameter))
    }

    /// Pages of which each says where the next one is.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Turn::Link)
    }

    /// Pages of which each says where the next one is in its header `Link`.
    #[must_use]
    pub const fn link_header() -> Self {
        Self::new(Turn::Header)
    }

    /// Where the list of a page's items is. Without this the page is one.
    #[must_use]
    pub const fn items(mut self, steps: &'static [Step]) -> Self {
        self.items = steps;
        self
    }

    /// What leads to the next page; where a parameter counts, what is there as long as there is one.
    #[must_use]
    pub const fn next(mut self, steps: &'static [Step]) -> Self {
        self.next = Some(steps);
        self
    }

    /// What is `true` as long as there is another page.
    #[must_use]
    pub const fn more(mut self, steps: &'static [Step]) -> Self {
        self.more = Some(steps);
        self
    }

    const fn new(turn: Turn) -> Self {
        Self { turn, items: &[], next: None, more: None }
    }
}
