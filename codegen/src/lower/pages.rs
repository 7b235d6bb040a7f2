//! Pages: how one answer of an operation leads to the next, said by `x-specwright-pagination`.
//!
//! ```yaml
//! get:
//!   operationId: listSnapshots
//!   x-specwright-pagination:
//!     style: page-number        # or offset, cursor, next-link, link-header
//!     parameter: pageNum        # of the query; counts pages or items, or takes the cursor
//!     size: itemsPerPage        # the parameter that says how many items a page has
//!     items: $.results          # the page itself unless it is said
//!     next: $.links[?@.rel=='next']
//! ```
//! `next` is where the cursor or the link is; where a parameter counts, something that is there as long
//! as there is another page. `more` is the same as a flag, and `first` the number of the first page.
//!
//! In: the finished `Api`, for everything is followed to parameters and schemas. What cannot be
//! followed is not offered, and a warning says why. An operation without a declaration has pages if
//! its parameters and its answer look like nothing else; a note says so.

mod around;
mod declared;
mod inferred;
mod words;

use self::declared::Declared;
use super::versions::Placed;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Paging, Turn, spelled};

/// The extension.
const PAGINATION: &str = "x-specwright-pagination";

/// Reads into `api` how the answers of all operations lead on; `only_declared` takes no guesses.
pub(super) fn lower(api: &mut Api, placed: &[Placed<'_>], only_declared: bool) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (index, placed) in placed.iter().enumerate() {
        let operation = &api.operations[index];
        let Some(value) = placed.raw.extensions.get(PAGINATION) else {
            let inferred = (!only_declared).then(|| inferred::infer(api, operation)).flatten();
            diagnostics.extend(inferred.as_ref().map(told));
            api.operations[index].paging = inferred;
            continue;
        };
        let at = operation.at.push(PAGINATION);
        match Declared::new(api, operation, value, at).read(&mut diagnostics) {
            Ok(paging) => api.operations[index].paging = paging,
            Err(problem) => diagnostics.push(problem.told(Code::Pagination, "the pages are")),
        }
    }
    diagnostics
}

/// Says what was read off an operation. Operations that are alike have one message, to be told once.
fn told(paging: &Paging) -> Diagnostic {
    let path = |steps| format!("`$.{}`", spelled(steps));
    let next = paging.next.as_deref().map(path);
    let more = paging.more.as_deref().map(|steps| format!("{} is true", path(steps)));
    let holds = more.clone().or_else(|| next.as_ref().map(|next| format!("there is {next}")));
    let lasts = match &holds {
        Some(holds) => format!("as long as {holds}"),
        None => "until a page is empty".to_owned(),
    };
    let next = next.unwrap_or_default();
    let how = match (&paging.turn, more) {
        (Turn::Number(parameter, first), _) => {
            format!("`{parameter}` counts them from {first}, {lasts}")
        }
        (Turn::Offset(parameter, _), _) => format!("`{parameter}` counts their items, {lasts}"),
        (Turn::Cursor(parameter), Some(more)) => {
            format!("`{parameter}` takes {next} of the page before, as long as {more}")
        }
        (Turn::Cursor(parameter), None) => {
            format!("`{parameter}` takes {next} of the page before")
        }
        (Turn::Link, _) => format!("{next} leads to the next one"),
        (Turn::Header, _) => "the header `Link` leads to the next one".to_owned(),
    };
    let message = format!("this looks like an answer in pages, and is read as one: {how}");
    Diagnostic::note(Code::InferredPages, message).at(&paging.at).help(
        "`x-specwright-pagination` on the operation says it otherwise, or `false` that there are none; \
         `--only-declared-pages` takes no guesses",
    )
}
