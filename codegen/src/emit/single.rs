//! One operation by itself: its method, its call, its errors, as they stand in the output.

use proc_macro2::TokenStream;
use quote::quote;

use super::parts::ident;
use super::{Calls, Piece, Recipe, client, errors, item, types};
use crate::model::{Crate, Item, Operation, mentions};

/// The parts of an operation, each to be printed by itself.
pub(crate) struct Single<'m> {
    /// The methods that begin with it.
    pub(crate) method: Recipe<'m>,
    /// The call, its bodies and its answers.
    pub(crate) call: Recipe<'m>,
    /// What it documents as errors, if it does.
    pub(crate) errors: Option<Recipe<'m>>,
}

/// How one operation is spelled.
pub(crate) fn operation<'m>(model: &'m Crate, operation: &'m Operation) -> Single<'m> {
    Single {
        method: Recipe::new(|| vec![method(model, operation)]),
        call: Recipe::new(|| Calls::pieces(operation)),
        errors: documented(model, operation),
    }
}

/// How one type is spelled.
pub(crate) fn one_type(one: &Item) -> Recipe<'_> {
    Recipe::new(|| item(one))
}

fn method(model: &Crate, operation: &Operation) -> Piece {
    let head: TokenStream = match operation.group.and_then(|group| model.groups.get(group)) {
        None => quote!(impl Client),
        Some(group) => {
            let name = ident(&group.name);
            quote!(impl #name)
        }
    };
    Piece::Impl { head, members: client::methods(operation).collect() }
}

/// The enum, and the name by which the operation calls it if it is shared.
fn documented<'m>(model: &'m Crate, operation: &'m Operation) -> Option<Recipe<'m>> {
    let name = operation.error.as_deref()?;
    let alias = model.error_aliases.iter().find(|alias| alias.name == name);
    let item = mentions::error_enum(model, operation)?;
    Some(Recipe::new(move || {
        let alias = alias.map(types::alias);
        alias.into_iter().chain([errors::error_enum(item)]).collect()
    }))
}
