//! The keys of a client, what each takes, and how it is written.

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// A text: a path, a name.
    Text,
    /// True or false.
    Flag,
    /// A number of things.
    Count,
    /// What operations are grouped by.
    Grouping,
    /// A list of texts.
    Texts,
    /// All of them, none, or those that are listed.
    Which,
    /// A list of macros.
    Derives,
    /// A table of texts.
    Names,
    /// A table of types.
    Types,
    /// A table of lists of macros.
    TypeDerives,
    /// A table of values as they are sent.
    Values,
}

impl Takes {
    /// Whether it is a table, which may have a header of its own.
    pub(super) fn is_table(self) -> bool {
        match self {
            Self::Names | Self::Types | Self::TypeDerives | Self::Values => true,
            Self::Text
            | Self::Flag
            | Self::Count
            | Self::Grouping
            | Self::Texts
            | Self::Which
            | Self::Derives => false,
        }
    }

    /// What stands behind "is" in a message.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Flag => "`true` or `false`",
            Self::Count => "a whole number from 0 to 4294967295",
            Self::Grouping => "`\"tag\"` or `\"nothing\"`",
            Self::Texts => "a list of texts",
            Self::Which => "`true`, `false` or a list of JSON pointers",
            Self::Derives => "a list of paths of Rust",
            Self::Names => "a table of texts",
            Self::Types => "a table of paths of Rust",
            Self::TypeDerives => "a table of lists of paths of Rust",
            Self::Values => "a table of texts, numbers and booleans",
        }
    }
}

/// A key of a client.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    /// A value that it may have.
    pub(super) example: &'static str,
    pub(super) is_required: bool,
}

impl Key {
    /// The key as it may be written.
    pub(super) fn line(&self) -> String {
        format!("{} = {}", self.name, self.example)
    }
}

/// Every key of a client, in the order of the README.
pub(super) const KEYS: [Key; 30] = [
    required("spec", "\"openapi/api.yaml\""),
    required("out", "\"client\""),
    key("allow-refs", Takes::Texts, "[\"../shared\"]"),
    key("max-file-mib", Takes::Count, "64"),
    key("overlays", Takes::Texts, "[\"openapi/overlay.yaml\"]"),
    key("crate-name", Takes::Text, "\"my-client\""),
    key("runtime-path", Takes::Text, "\"../specwright/runtime\""),
    key("operations", Takes::Texts, "[\"listWidgets\"]"),
    key("tags", Takes::Texts, "[\"widgets\"]"),
    key("paths", Takes::Texts, "[\"/widgets/**\"]"),
    key("api-version", Takes::Text, "\"2024-08-05\""),
    key("all-versions", Takes::Flag, "true"),
    key("api-version-pattern", Takes::Text, "'\\.(?P<version>\\d+)\\+json$'"),
    key("checked", Takes::Which, "[\"/components/schemas/Widget\"]"),
    key("closed", Takes::Which, "[\"/components/schemas/Colour\"]"),
    key("open", Takes::Texts, "[\"/components/schemas/Colour\"]"),
    key("derives", Takes::Derives, "[\"Hash\"]"),
    key("type-derives", Takes::TypeDerives, "{ \"/components/schemas/Widget\" = [\"Hash\"] }"),
    key("formats", Takes::Types, "{ date-time = \"chrono::DateTime<chrono::Utc>\" }"),
    key("types", Takes::Types, "{ \"/components/schemas/Money\" = \"money::Money\" }"),
    key("drop-parameters", Takes::Texts, "[\"/paths/~1widgets/get/parameters/query=region\"]"),
    key(
        "fixed-parameters",
        Takes::Values,
        "{ \"/paths/~1widgets/get/parameters/query=region\" = \"eu\" }",
    ),
    key("operation-name", Takes::Text, "\"x-method-name\""),
    key("group-by", Takes::Grouping, "\"tag\""),
    key("module-only", Takes::Flag, "true"),
    key("strict", Takes::Flag, "true"),
    key("both-directions", Takes::Flag, "true"),
    key("only-declared-pages", Takes::Flag, "true"),
    key("report", Takes::Text, "\"report.json\""),
    key("rename", Takes::Names, "{ \"/components/schemas/widget_v2\" = \"Widget\" }"),
];

const fn key(name: &'static str, takes: Takes, example: &'static str) -> Key {
    Key { name, takes, example, is_required: false }
}

const fn required(name: &'static str, example: &'static str) -> Key {
    Key { name, takes: Takes::Text, example, is_required: true }
}
