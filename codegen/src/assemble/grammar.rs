//! The grammar of a file: that of the root document, whatever the file itself says.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::shape::{Dialect, Object};

/// Of a version that is not read anything will do: it is refused further on.
pub(super) fn dialect(root: &Value) -> Dialect {
    Dialect::of(root).unwrap_or(Dialect::V31)
}

impl Dialect {
    /// Where shared objects of a kind are. There is no such place for path items: before 3.1 they
    /// have none, and an operation belongs to its path.
    pub(in crate::assemble) fn section(self, object: Object) -> Option<Pointer> {
        let (holder, name) = self.names(object)?;
        Some(Pointer::root().below(holder.into_iter().chain([name])))
    }

    /// Whether there is such a place.
    pub(in crate::assemble) fn shares(self, object: Object) -> bool {
        self.names(object).is_some()
    }

    /// The section of a kind, and what holds it, if that is not the document.
    fn names(self, object: Object) -> Option<(Option<&'static str>, &'static str)> {
        match (self, object) {
            (Self::V20, Object::Schema) => Some((None, "definitions")),
            (Self::V20, Object::SecurityScheme) => Some((None, "securityDefinitions")),
            (Self::V20, Object::Parameter | Object::Response) => Some((None, object.section()?)),
            (Self::V20, _) => None,
            (Self::V30 | Self::V31, _) => Some((Some("components"), object.section()?)),
        }
    }

    /// Whether a place of the root document is one of a shared object, whatever its kind.
    pub(in crate::assemble) fn is_shared(self, at: &Pointer) -> bool {
        let mut steps = at.as_str().split('/').skip(1);
        let (first, second, third) = (steps.next(), steps.next(), steps.next());
        let is_in = |(holder, name): (Option<&str>, &str)| match holder {
            Some(_) => first == holder && second == Some(name) && third.is_some(),
            None => first == Some(name) && second.is_some() && third.is_none(),
        };
        steps.next().is_none() && SHARED.iter().any(|object| self.names(*object).is_some_and(is_in))
    }
}

/// The kinds of objects that have a section.
pub(super) const SHARED: [Object; 9] = [
    Object::Schema,
    Object::Response,
    Object::Parameter,
    Object::Example,
    Object::RequestBody,
    Object::Header,
    Object::SecurityScheme,
    Object::Link,
    Object::Callback,
];
