//! Methods that stand beside the client, and the groups they may belong to.

use proc_macro2::TokenStream;
use quote::quote;

use super::Piece;
use super::client;
use super::parts::{docs, ident};
use crate::model::{Crate, Group, Operation};

/// The groups and methods that stand in this module below the client or below `groups`; without one,
/// in `groups` itself.
pub(super) fn methods(model: &Crate, module: Option<usize>) -> Vec<Piece> {
    let here = || model.operations.iter().filter(|operation| operation.module == module);
    let mut pieces = Vec::new();
    // Where `groups` is one module, the client has its own methods.
    let own: Vec<&Operation> = here().filter(|one| one.group.is_none()).collect();
    if !own.is_empty() && module.is_some() {
        let owner = client(model, module);
        pieces.push(members(quote!(impl #owner), &own));
    }
    for (index, group) in model.groups.iter().enumerate() {
        let name = ident(&group.name);
        let own: Vec<&Operation> = here().filter(|one| one.group == Some(index)).collect();
        if group.module == module {
            pieces.extend(definition(group, &client(model, module)));
            pieces.push(members(quote!(impl #name), &own));
        } else if !own.is_empty() {
            pieces.push(members(quote!(impl super::#name), &own));
        }
    }
    pieces
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
