//! Lists: of one kind of items, or with a schema for each place.
//!
//! ```yaml
//! Range: {type: array, prefixItems: [{type: integer}, {type: integer}], minItems: 2, items: false}
//! ```
//! is a tuple of two whole numbers. Without items a list is one of anything.

use openapiv3::{ReferenceOr, Schema};

use super::Lowerer;
use super::keywords::Keywords;
use super::schema::Site;
use crate::ir::{Kind, Origin, SchemaId};

impl<'d> Lowerer<'d> {
    pub(super) fn array(&mut self, keywords: &Keywords<'d>, site: &Site) -> Kind {
        if let Some(places) = keywords.places() {
            return self.tuple(places, site);
        }
        let below = site.below(&["items"], "item");
        let items = match &keywords.items {
            Some(items) => self.schema(*items, &below),
            None => self.anything(&below),
        };
        Kind::Array(items)
    }

    /// A list with a schema for each of its places.
    fn tuple(&mut self, places: &'d [ReferenceOr<Schema>], site: &Site) -> Kind {
        let place = |(index, place): (usize, &'d ReferenceOr<Schema>)| {
            let name = format!("place {}", index + 1);
            self.schema(place.into(), &site.below(&["items", "anyOf", &index.to_string()], &name))
        };
        Kind::Tuple(places.iter().enumerate().map(place).collect())
    }

    /// A schema that allows everything, where the document has none.
    pub(super) fn anything(&mut self, site: &Site) -> SchemaId {
        self.reserve(&site.at, Origin::Inline(site.path.clone()))
    }
}
