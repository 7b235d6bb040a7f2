//! Pagination → what the record says of pages, and the methods of the call that read them.

use super::{Document, Operation, entries, operation, text};
use crate::case::{pascal, snake};
use crate::surface::Surface;

/// The key that this module reads.
pub(super) const KEY: &str = "x-specwright-pagination";
/// What of it has a counterpart; `size` is for readers.
const KNOWN: [&str; 5] = ["style", "parameter", "size", "items", "next"];

/// What a declaration asks for. Pages that are counted, with a link in a list as the sign of the next
/// one, are all that our own document has.
pub(super) fn describe(document: &Document, operation: &Operation<'_>, surface: &mut Surface) {
    let Some(declared) = operation.value.get(KEY) else { return };
    for (key, _) in entries(Some(declared)).filter(|(key, _)| !KNOWN.contains(key)) {
        surface.problem(format!("this test does not know the key {key} of {KEY}"));
    }
    let is_counted = text(declared, "style") == Some("page-number");
    let sign = text(declared, "next").and_then(listed);
    let list = text(declared, "items").and_then(|path| path.strip_prefix("$."));
    let parameter = text(declared, "parameter").unwrap_or_default();
    let first = operation::parameters(document, operation)
        .into_iter()
        .find(|known| text(known, "name") == Some(parameter))
        .and_then(|known| document.resolve(known.get("schema")?).get("default")?.as_i64());
    let (true, Some((links, name, value)), Some(list), Some(first)) =
        (is_counted, sign, list, first)
    else {
        surface.problem(format!("this test does not know the pagination {declared:?}"));
        return;
    };
    let id = text(operation.value, "operationId").unwrap_or_default();
    let v1 = "specwright_runtime::codegen::v1";
    surface.add(
        format!("operation {id}: pages"),
        format!(
            "{v1}::Paging::number({parameter}, {first}).items([{v1}::Step::Name({list})]).next([\
             {v1}::Step::Name({links}), {v1}::Step::Where({name}, {value})])"
        ),
    );
    let call = format!("operations::{}", pascal(id));
    let (page, item) = types(document, operation, list, surface);
    let gives =
        |what: &str, of: &str| format!("(self) -> specwright_runtime::{what}<{of}, {call}Error>");
    surface.add(
        format!("{call}::items"),
        format!("{} with [items_json(page.{})]", gives("Items", &item), snake(list)),
    );
    surface.add(format!("{call}::pages"), format!("{} with [pages_json()]", gives("Pages", &page)));
}

/// The type of a page, and that of its items.
fn types(
    document: &Document,
    operation: &Operation<'_>,
    list: &str,
    surface: &mut Surface,
) -> (String, String) {
    let page = operation::answer(document, operation, surface);
    let schema = page.strip_prefix("types::").unwrap_or_default();
    let place = format!("/components/schemas/{schema}/properties/{list}/items");
    let item = document.at(&place).and_then(|items| text(items, "$ref"));
    let item = item.and_then(|reference| reference.rsplit('/').next()).unwrap_or_default();
    (page, format!("types::{item}"))
}

/// `$.links[?@.rel=='next']` as the list, the property and its value.
fn listed(path: &str) -> Option<(&str, &str, &str)> {
    let (list, test) = path.strip_prefix("$.")?.split_once("[?@.")?;
    let (name, value) = test.strip_suffix("']")?.split_once("=='")?;
    Some((list, name, value))
}
