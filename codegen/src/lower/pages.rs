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
//! followed is not offered, and a warning says why.

mod declared;

use self::declared::Declared;
use super::versions::Placed;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::Api;

/// The extension.
const PAGINATION: &str = "x-specwright-pagination";

/// Reads into `api` how the answers of all operations lead on.
pub(super) fn lower(api: &mut Api, placed: &[Placed<'_>]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (index, placed) in placed.iter().enumerate() {
        let Some(value) = placed.raw.extensions.get(PAGINATION) else { continue };
        let at = api.operations[index].at.push(PAGINATION);
        let operation = &api.operations[index];
        match Declared::new(api, operation, value, at).read(&mut diagnostics) {
            Ok(paging) => api.operations[index].paging = paging,
            Err(problem) => diagnostics.push(problem.told(Code::Pagination, "the pages are")),
        }
    }
    diagnostics
}
