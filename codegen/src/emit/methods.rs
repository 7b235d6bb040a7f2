//! Methods that stand beside the client, and the groups they may belong to.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::client;
use super::parts::{docs, ident};
use super::{Piece, Recipe, Recipes};
use crate::model::{Crate, Group, Operation};

/// The groups and methods that stand in this module below the client or below `groups`; without one,
/// in `groups` itself.
pub(super) fn methods(model: &Crate, module: Option<usize>) -> Recipes<'_> {
    let here = model.operations.iter().filter(|operation| operation.module == module);
    let mut by_group: BTreeMap<Option<usize>, Vec<&Operation>> = BTreeMap::new();
    for operation in here {
        by_group.entry(operation.group).or_default().push(operation);
    }
    let mut recipes = Vec::new();
    // Where `groups` is one module, the client has its own methods.
    if let Some(own) = by_group.remove(&None).filter(|_| module.is_some()) {
        recipes.push(Recipe::new(move || {
            let owner = client(model, module);
            vec![members(quote!(impl #owner), &own)]
        }));
    }
    for (index, group) in model.groups.iter().enumerate() {
        let own = by_group.remove(&Some(index));
        if group.module == module {
            let own = own.unwrap_or_default();
            recipes.push(Recipe::new(move || {
                let name = ident(&group.name);
                let mut pieces = definition(group, &client(model, module));
                pieces.push(members(quote!(impl #name), &own));
                pieces
            }));
        } else if let Some(own) = own {
            recipes.push(Recipe::new(move || {
                let name = ident(&group.name);
                vec![members(quote!(impl super::#name), &own)]
            }));
        }
    }
    recipes
}

/// The client, as it is called from here.
fn client(model: &Crate, module: Option<usize>) -> TokenStream {
    match (model.groups.is_empty(), module) {
        (true, _) | (false, None) => quote!(super::Client),
        (false, Some(_)) => quote!(super::super::Client),
    }
}

fn members(head: TokenStream, operations: &[&Operation]) -> Piece {
    let members = operations.iter().flat_map(|operation| client::methods(operation));
    Piece::Impl { head, members: members.collect() }
}

/// A group, and the client's method that gives one.
fn definition(group: &Group, client: &TokenStream) -> Vec<Piece> {
    let name = ident(&group.name);
    let accessor = ident(&group.accessor);
    let (accessor_docs, docs) = (docs(&group.accessor_docs), docs(&group.docs));
    let visible = group.is_spread.then(|| quote!(pub(super)));
    let accessor = quote! {
        #accessor_docs
        pub fn #accessor(&self) -> #name {
            #name { core: self.core.clone() }
        }
    };
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            #visible core: v1::Core,
        }
    };
    vec![
        Piece::Impl { head: quote!(impl #client), members: vec![accessor] },
        Piece::Item(definition),
    ]
}
