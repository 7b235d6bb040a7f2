//! Documents whose names get in the way: of Rust, of the output, and of each other.

use std::fmt::Write as _;

use crate::documents::Document;

/// Names that a generator would rather not meet.
pub const NAMES: [&str; 52] = [
    // What the output itself is made of.
    "ApiError",
    "Client",
    "Error",
    "Result",
    "Option",
    "Vec",
    "String",
    "Box",
    "Decode",
    "Encode",
    "Default",
    "UnknownValue",
    "AsRef",
    "IntoIterator",
    "Some",
    "v1",
    "Hash",
    "specwright_runtime",
    "additionalProperties",
    "nothingOn400",
    // Methods, arguments and locals of generated code.
    "send",
    "new",
    "body",
    "call",
    "core",
    "clone",
    "builder",
    "with_options",
    "value",
    "with_new",
    "envelope",
    // Words of the language.
    "Self",
    "self",
    "type",
    "async",
    "gen",
    "crate",
    // Not a name in Rust.
    "1st",
    "2dsphereIndexVersion",
    "",
    "a-b",
    "é",
    "+1",
    "-1",
    "straße",
    "strasse",
    // Alike once cased.
    "a_b",
    "userName",
    "UserName",
    "username",
    "USERNAME",
    "user_name",
];

/// Which part of a document the names are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Component schemas.
    Schemas,
    /// Properties of an object, optional and required.
    Fields,
    /// Values of an enum.
    Values,
    /// Tags of a union, and the properties its alternatives share.
    Tags,
    /// Parameters of an operation, optional and required.
    Parameters,
    /// Operations.
    Operations,
    /// Tags of operations: groups, features and files.
    Groups,
    /// Security schemes.
    Schemes,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Schemas,
        Self::Fields,
        Self::Values,
        Self::Tags,
        Self::Parameters,
        Self::Operations,
        Self::Groups,
        Self::Schemes,
    ];

    /// A document that uses the names for this part, in that order.
    pub fn document(self, names: &[&str]) -> Document {
        let mut text = "openapi: 3.0.3\ninfo: {title: Names, version: '1'}\n".to_owned();
        text.push_str(&match self {
            Self::Schemas => schemas(names),
            Self::Fields => fields(names),
            Self::Values => values(names),
            Self::Tags => tags(names),
            Self::Parameters => parameters(names),
            Self::Operations => operations(names),
            Self::Groups => groups(names),
            Self::Schemes => schemes(names),
        });
        let document = Document::new(format!("names-{self:?}").to_lowercase(), text);
        let config = match self {
            Self::Groups => "group-by = \"tag\"",
            Self::Schemas
            | Self::Fields
            | Self::Values
            | Self::Tags
            | Self::Parameters
            | Self::Operations
            | Self::Schemes => "",
        };
        Document { config: config.to_owned(), ..document }
    }
}

/// A name as a YAML scalar.
fn quoted(name: &str) -> String {
    format!("{name:?}")
}

/// Objects, enums and second names in turn, and one object that holds them all.
fn schemas(names: &[&str]) -> String {
    let mut text = "paths: {}\ncomponents:\n  schemas:\n".to_owned();
    for name in names {
        let shape = match name.len() % 3 {
            0 => "type: object, required: [it], properties: {it: {type: string}}",
            1 => "type: string, enum: [on, off]",
            _ => "type: array, items: {type: integer}",
        };
        let docs = quoted(&format!("The schema {name:?}."));
        let _ = writeln!(text, "    {}: {{{shape}, description: {docs}}}", quoted(name));
    }
    text.push_str("    Holder:\n      type: object\n      properties:\n");
    for name in names {
        let target = quoted(&format!("#/components/schemas/{name}"));
        let _ = writeln!(text, "        p{}: {{$ref: {target}}}", spelled(name));
    }
    text
}

/// A name in digits, for where another one would be in the way of what is tested.
fn spelled(name: &str) -> String {
    name.chars().map(|c| format!("{:x}", u32::from(c))).collect()
}

fn properties(names: &[&str], indent: &str) -> String {
    let mut text = String::new();
    for name in names {
        let docs = quoted(&format!("The field {name:?}."));
        let _ = writeln!(text, "{indent}{}: {{type: string, description: {docs}}}", quoted(name));
    }
    text
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

fn fields(names: &[&str]) -> String {
    let properties = properties(names, "        ");
    format!(
        "paths: {{}}\ncomponents:\n  schemas:\n\
         \x20   Optional:\n      type: object\n      properties:\n{properties}\
         \x20   Required:\n      type: object\n      required: {}\n      properties:\n{properties}\
         \x20   Open:\n      type: object\n      additionalProperties: {{type: string}}\n      properties:\n{properties}",
        list(names)
    )
}

fn values(names: &[&str]) -> String {
    format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    Choice: {{type: string, enum: {}}}\n",
        list(names)
    )
}

fn tags(names: &[&str]) -> String {
    let mut text = "paths: {}\ncomponents:\n  schemas:\n    Base:\n      type: object\n".to_owned();
    text.push_str("      discriminator:\n        propertyName: kind of thing\n        mapping:\n");
    for name in names {
        let _ = writeln!(text, "          {}: Alternative", quoted(name));
    }
    let properties = properties(names, "        ");
    for schema in ["", "    Alternative:\n      type: object\n"] {
        // Without the property of the tag, so that every value has a variant of its own.
        let _ = write!(text, "{schema}      properties:\n{properties}");
    }
    text
}

fn parameters(names: &[&str]) -> String {
    let mut text = "paths:\n".to_owned();
    for (path, required) in [("optional", false), ("required", true)] {
        let _ = write!(
            text,
            "  /{path}:\n    post:\n      operationId: {path}\n      requestBody:\n        required: {required}\n        \
             content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n      \
             responses: {{'204': {{description: Done.}}}}\n      parameters:\n"
        );
        for name in names {
            let schema = ["type: string", "type: boolean", "type: array, items: {type: string}"];
            let _ = writeln!(
                text,
                "        - {{name: {}, in: query, required: {required}, schema: {{{}}}, description: {}}}",
                quoted(name),
                schema[name.len() % 3],
                quoted(&format!("The parameter {name:?}.")),
            );
        }
    }
    text
}

fn operations(names: &[&str]) -> String {
    let mut text = "paths:\n".to_owned();
    for name in names {
        let place = spelled(name);
        let status = 400 + name.len() % 4;
        let _ = write!(
            text,
            "  /at-{place}/{{id}}:\n    post:\n      operationId: {}\n      summary: {}\n      parameters:\n\
             \x20       - {{name: id, in: path, required: true, schema: {{type: string}}}}\n\
             \x20       - {{name: text, in: query, schema: {{type: string}}}}\n\
             \x20       - {{name: texts, in: query, schema: {{type: array, items: {{type: string}}}}}}\n\
             \x20     responses:\n        '200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Answer'}}}}}}}}\n\
             \x20       '{status}': {{description: Not done.}}\n",
            quoted(name),
            quoted(&format!("The operation {name:?}.")),
        );
    }
    text.push_str(
        "components:\n  schemas:\n    Answer: {type: object, properties: {a: {type: string}}}\n",
    );
    text
}

/// An operation with each tag, which has a type of its own; all share another, and one has no tag.
fn groups(names: &[&str]) -> String {
    let mut text = "paths:\n".to_owned();
    for name in names {
        let place = spelled(name);
        let _ = write!(
            text,
            "  /at-{place}:\n    post:\n      operationId: take-{place}\n      tags: [{}]\n      responses:\n\
             \x20       '200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}\n\
             \x20       '404': {{description: Gone., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Problem'}}}}}}}}\n",
            quoted(name),
        );
    }
    text.push_str(
        "  /without:\n    get: {operationId: without, responses: {'204': {description: Done.}}}\n\
         components:\n  schemas:\n    Problem: {type: object, properties: {a: {type: string}}}\n",
    );
    text
}

fn schemes(names: &[&str]) -> String {
    let mut text = "paths: {}\ncomponents:\n  securitySchemes:\n".to_owned();
    for name in names {
        let docs = quoted(&format!("The scheme {name:?}."));
        let _ = writeln!(
            text,
            "    {}: {{type: http, scheme: basic, description: {docs}, x-specwright-credentials: {{env: [A, B]}}}}",
            quoted(name)
        );
    }
    text
}
