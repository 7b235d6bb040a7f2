//! The names by which parameters and fields that turn pages go in the wild.
//!
//! All of them are compared as [`plain`] makes them: `nextPageToken`, `next-page-token` and
//! `next_page_token` are one name, `page[size]` is `pagesize`.

/// Parameters that take what the page before gave.
const CURSORS: [&str; 17] = [
    "after",
    "afterid",
    "continuationtoken",
    "continue",
    "cursor",
    "marker",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "pageafter",
    "pagecursor",
    "pagemarker",
    "pagetoken",
    "paginationtoken",
    "skiptoken",
    "startcursor",
    "startingafter",
];
/// Parameters that count pages. What takes a text under such a name is a cursor.
const PAGES: [&str; 5] = ["page", "pagenum", "pagenumber", "pageno", "pageindex"];
/// Parameters that count items.
const OFFSETS: [&str; 4] = ["offset", "pageoffset", "skip", "startoffset"];
/// Parameters that say how many items a page has.
const SIZES: [&str; 12] = [
    "count",
    "itemsperpage",
    "limit",
    "maxitems",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "size",
    "take",
    "top",
];
/// Objects beside the list that say where in the whole the page is.
const HOLDERS: [&str; 18] = [
    "cursor",
    "cursors",
    "links",
    "listmetadata",
    "meta",
    "metadata",
    "next",
    "nextpage",
    "page",
    "pageinfo",
    "pages",
    "pagination",
    "paginationinfo",
    "paginationmetadata",
    "paging",
    "pagingmetadata",
    "responsemetadata",
    "resultinfo",
];
/// Flags that are true as long as there is another page.
const MORE: [&str; 8] = [
    "hasmore",
    "hasmoreitems",
    "hasmorepages",
    "hasmoreresults",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "more",
];
/// Fields that are there as long as there is another page.
const NEXT: [&str; 7] =
    ["next", "nexthref", "nextlink", "nextpage", "nextpageuri", "nextpageurl", "nexturl"];
/// Fields that are a link to the next page by their name alone.
const LINKS: [&str; 6] =
    ["nexthref", "nextlink", "nextpageuri", "nextpageurl", "nexturl", "odatanextlink"];

/// A name without its case and separators.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a parameter of this name takes what the page before gave, and nothing else.
pub(super) fn is_cursor(parameter: &str) -> bool {
    CURSORS.contains(&parameter)
}

/// Whether a parameter of this name counts pages.
pub(super) fn is_page(parameter: &str) -> bool {
    PAGES.contains(&parameter)
}

/// Whether a parameter of this name says how many items a page has.
pub(super) fn is_size(parameter: &str) -> bool {
    SIZES.contains(&parameter)
}

/// Whether a parameter of this name makes a call that of another page.
pub(super) fn turns(parameter: &str) -> bool {
    is_cursor(parameter) || is_page(parameter) || OFFSETS.contains(&parameter)
}

/// Whether a parameter of this name has to do with pages at all.
pub(super) fn is_of_pages(parameter: &str) -> bool {
    turns(parameter) || is_size(parameter)
}

/// Whether a parameter of this name may say in which way there are pages, if at all: `usemarker`,
/// `paginate`.
pub(super) fn is_switch(parameter: &str) -> bool {
    let mut words = ["paginat", "paging"].iter().chain(&CURSORS);
    // `updated_after` is about another thing.
    let is_about = words.any(|word| word.len() > "after".len() && parameter.contains(word));
    is_about && !is_of_pages(parameter)
}

/// Whether an object of this name is about the page.
pub(super) fn is_holder(field: &str) -> bool {
    HOLDERS.contains(&field)
}

/// Whether a list of this name may be one of links (RFC 8288).
pub(super) fn is_links(field: &str) -> bool {
    field == "links"
}

/// Whether a list of this name says what went wrong, beside items or in place of them.
pub(super) fn is_of_faults(field: &str) -> bool {
    matches!(field, "errors" | "warnings")
}

/// Whether a list in an object of this name is one of the answer's own: HAL, section 4.1.2.
pub(super) fn is_embedded(field: &str) -> bool {
    field == "embedded"
}

/// Whether a flag of this name says that there is another page.
pub(super) fn is_more(field: &str) -> bool {
    MORE.contains(&field)
}

/// Whether a field of this name is there as long as there is another page.
pub(super) fn is_next(field: &str) -> bool {
    NEXT.contains(&field)
}

/// Whether a field of this name is a link to the next page.
pub(super) fn is_link(field: &str) -> bool {
    LINKS.contains(&field)
}

/// Whether a number of this name says how much there is on all pages.
pub(super) fn is_total(field: &str) -> bool {
    let counts =
        field.ends_with("count") && !field.ends_with("account") && !field.ends_with("discount");
    field.starts_with("total") || field.ends_with("total") || counts
}

/// How a field is known to be what a parameter takes for the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// It is gone, or empty, on the last page.
    ToTheEnd,
    /// It is on the last page too, so that a flag has to say when to stop.
    Always,
}

/// Whether the field called `field`, in an object called `holder`, is what `parameter` takes.
pub(super) fn leads(parameter: &str, holder: &str, field: &str) -> Option<Leads> {
    let stem = parameter.strip_prefix("next").unwrap_or(parameter);
    let is_next = field.strip_prefix("next").is_some_and(|word| !word.is_empty() && word == stem);
    let is_after = matches!(parameter, "after" | "afterid" | "pageafter" | "startingafter");
    let is_cursor = is_after || matches!(parameter, "cursor" | "pagecursor" | "startcursor");
    let is_token = matches!(parameter, "pagetoken" | "nextpagetoken" | "nexttoken");
    let to_the_end = is_next
        || (is_cursor && field == "nextcursor")
        || (is_token && matches!(field, "nextpage" | "nexttoken" | "nextpagetoken"))
        || (matches!(holder, "next" | "nextpage") && field == parameter)
        || (is_cursor && matches!(holder, "cursor" | "cursors") && field == "next")
        || (is_after && field == "after" && is_holder(holder) && holder != "links")
        || (parameter == "continue" && holder == "metadata" && field == "continue");
    if to_the_end {
        return Some(Leads::ToTheEnd);
    }
    let always = (is_cursor && field == "endcursor") || (is_after && field == "lastid");
    always.then_some(Leads::Always)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_separators() {
        for name in ["nextPageToken", "next-page-token", "NEXT_PAGE_TOKEN", "next page[token]"] {
            assert_eq!(plain(name), "nextpagetoken");
        }
        assert_eq!(plain("@odata.nextLink"), "odatanextlink");
    }

    #[test]
    fn what_switches_pages_on() {
        for name in ["usemarker", "paginate", "cursorpagination", "withpaging"] {
            assert!(is_switch(name), "{name}");
        }
        for name in ["marker", "pagesize", "updatedafter", "page", "paginationtoken"] {
            assert!(!is_switch(name), "{name}");
        }
    }

    #[test]
    fn what_a_parameter_takes() {
        let check = |parameter, holder, field, expected| {
            assert_eq!(leads(parameter, holder, field), expected, "{parameter} {holder} {field}");
        };
        let end = Some(Leads::ToTheEnd);
        check("cursor", "", "nextcursor", end);
        check("pagetoken", "", "nextpage", end);
        check("nexttoken", "", "nexttoken", end);
        check("page", "pagination", "nextpage", end);
        check("offset", "nextpage", "offset", end);
        check("after", "listmetadata", "after", end);
        check("continue", "metadata", "continue", end);
        check("afterid", "", "lastid", Some(Leads::Always));
        check("after", "pageinfo", "endcursor", Some(Leads::Always));
        // An answer that says what it was asked for.
        check("cursor", "", "cursor", None);
        check("cursor", "pagination", "cursor", None);
        check("offset", "", "offset", None);
        check("page", "meta", "page", None);
        check("after", "", "after", None);
        // Where it leads back, or elsewhere.
        check("before", "", "firstid", None);
        check("next", "", "next", None);
        check("page", "links", "next", None);
        check("marker", "", "nextcursor", None);
    }
}
