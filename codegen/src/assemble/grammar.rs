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
        let section = match (self, object) {
            (Self::V20, Object::Schema) => return Some(Pointer::root().push("definitions")),
            (Self::V20, Object::SecurityScheme) => {
                return Some(Pointer::root().push("securityDefinitions"));
            }
            (Self::V20, Object::Parameter | Object::Response) => {
                return Some(Pointer::root().push(object.section()?));
            }
            (Self::V20, _) => return None,
            (Self::V30 | Self::V31, _) => object.section()?,
        };
        Some(Pointer::root().push("components").push(section))
    }

    /// Whether a place of the root document is one of a shared object, whatever its kind.
    pub(in crate::assemble) fn is_shared(self, at: &Pointer) -> bool {
        let Some(section) = at.parent() else { return false };
        SHARED.iter().any(|object| self.section(*object).as_ref() == Some(&section))
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
