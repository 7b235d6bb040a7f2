//! Whether the extension that is to name the operations is there at all.

use serde_json::Value;

use super::operations::{METHODS, path_item};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;

/// An extension that no operation of the whole document has is a mistake of the user's: the
/// operations that were chosen need not have it.
pub(crate) fn check(root: &Value, extension: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let known = extensions(root);
    if known.contains(&extension) {
        return diagnostics;
    }
    let near = nearest(extension, known.into_iter(), 1);
    let help = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`operation-name` is a key that begins with `x-`".to_owned(),
    };
    let message = format!("no operation of the document has `{extension}`");
    let error = Diagnostic::error(Code::Config, message).about("operation-name", None);
    diagnostics.push(error.stale().help(help));
    diagnostics
}

/// The extensions of all operations, each once.
fn extensions(root: &Value) -> Vec<&str> {
    let mut known: Vec<&str> = Vec::new();
    let paths = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    for (_, item) in paths.filter(|(path, _)| path.starts_with('/')) {
        let item = path_item(root, item).into_iter().flatten();
        let operations = item.filter(|(method, _)| METHODS.contains(&method.as_str()));
        for (_, operation) in operations {
            let keys = operation.as_object().into_iter().flat_map(|map| map.keys());
            known.extend(keys.map(String::as_str).filter(|key| key.starts_with("x-")));
        }
    }
    known.sort_unstable();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check;

    #[test]
    fn an_extension_that_nothing_has_is_refused() {
        let root = json!({"paths": {"/a": {
            "x-on-the-path": "a",
            "get": {"operationId": "a", "x-method-name": "b", "responses": {}},
        }}});
        assert!(check(&root, "x-method-name").is_empty());
        for absent in ["x-method", "x-on-the-path", "operationId", ""] {
            assert!(check(&root, absent).has_errors(), "{absent}");
        }
        assert!(check(&root, "x-methodname").to_string().contains("did you mean `x-method-name`?"));
    }
}
