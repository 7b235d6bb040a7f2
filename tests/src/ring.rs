//! A document whose types lead to one another, further than the compiler follows by itself.

use std::fmt::Write as _;

use crate::documents::Document;

/// Twice as many as the compiler follows.
const COUNT: usize = 60;

/// Every type lists values of the next one, and the last of the first.
pub fn document() -> Document {
    let mut text = "openapi: 3.0.3\ninfo: {title: Ring, version: '1'}\npaths:\n  /stops:\n    get:\n      \
                    operationId: getStop\n      responses:\n        '200':\n          description: One.\n          \
                    content: {application/json: {schema: {$ref: '#/components/schemas/Stop0'}}}\n\
                    components:\n  schemas:\n"
        .to_owned();
    for number in 0..COUNT {
        let next = (number + 1) % COUNT;
        let _ = writeln!(
            text,
            "    Stop{number}: {{type: object, properties: {{next: {{type: array, items: {{$ref: \
             '#/components/schemas/Stop{next}'}}}}}}}}"
        );
    }
    Document::new("ring", text)
}
