//! A document that is too much for one file of anything, without a tag to sort it by.

use std::fmt::Write as _;

use crate::documents::Document;

/// The words that names begin with.
pub const WORDS: [&str; 4] = ["Alpha", "Beta", "Gamma", "Delta"];
/// How many types and operations begin with each.
pub const EACH: usize = 16;

/// Every type mentions one that begins with the next word, every operation takes one type and gives
/// another, and all fail alike.
pub fn document() -> Document {
    let mut text = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    for (word, next) in words() {
        for number in 1..=EACH {
            let _ = write!(
                text,
                "  /{word}-{number}:\n    post:\n      operationId: {word} thing {number}\n      parameters:\n{}\
                 \x20     requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{word}Thing{number}'}}}}}}}}\n\
                 \x20     responses:\n\
                 \x20       '200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{next}Thing{number}'}}}}}}}}\n\
                 \x20       '404': {{description: Gone.}}\n",
                (1..=3)
                    .map(|n| format!(
                        "        - {{name: p{n}, in: query, schema: {{type: string}}}}\n"
                    ))
                    .collect::<String>(),
            );
        }
    }
    text.push_str("components:\n  schemas:\n");
    for (word, next) in words() {
        for number in 1..=EACH {
            let _ = write!(
                text,
                "    {word}Thing{number}:\n      type: object\n      properties:\n\
                 \x20       other: {{$ref: '#/components/schemas/{next}Thing{number}'}}\n{}",
                (1..=8)
                    .map(|n| format!(
                        "        f{n}: {{type: string, description: The field {n}.}}\n"
                    ))
                    .collect::<String>(),
            );
        }
    }
    Document::new("large", text)
}

/// Each word with the one behind it.
fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.into_iter().zip(WORDS.into_iter().cycle().skip(1))
}
