//! One construct, one document, one output that a reviewer can read.
//!
//! Accept a changed snapshot with `cargo insta review`, and read it first: would a careful Rust
//! developer have written this?

mod compile;
mod large;

use specwright_tests::documents::{case, cases};

/// A module of the output.
#[derive(Clone, Copy)]
enum View {
    Root,
    Client,
    Credentials,
    Operations,
    Types,
    Webhooks,
    Callbacks,
    /// What a new crate says of itself.
    Readme,
    /// Every file, where it matters which there are.
    Every,
}

use View::{Callbacks, Client, Credentials, Every, Operations, Readme, Root, Types, Webhooks};

/// The warnings, if any, and the modules that matter for the construct.
fn check(name: &str, views: &[View]) {
    let generated = case(name).as_crate();
    let mut parts = Vec::new();
    if !generated.warnings.is_empty() {
        parts.push(format!("{}\n", generated.warnings));
    }
    let every = || generated.files.iter().map(|file| file.path.as_str()).collect();
    let paths = views.iter().flat_map(|view| match view {
        Root => vec!["src/lib.rs"],
        Client => vec!["src/client.rs"],
        Credentials => vec!["src/credentials.rs"],
        Operations => vec!["src/operations.rs"],
        Types => vec!["src/types.rs"],
        Webhooks => vec!["src/webhooks.rs"],
        Callbacks => vec!["src/callbacks.rs"],
        Readme => vec!["README.md"],
        Every => every(),
    });
    for path in paths {
        let file = generated.files.iter().chain(&generated.readme).find(|file| file.path == path);
        let text = file.map_or("(no such file)", |file| file.text.as_str());
        // The header is the same everywhere.
        let body = text.split_once("\n\n").map_or(text, |(_, body)| body);
        parts.push(format!("// {path}\n{body}"));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, parts.join("\n"));
    });
}

macro_rules! cases {
    ($($test:ident $name:literal [$($view:ident)*];)*) => {
        $(
            #[test]
            fn $test() {
                check($name, &[$($view),*]);
            }
        )*

        #[test]
        fn every_document_has_a_test() {
            let shown = [$($name),*];
            let here = cases();
            assert!(here.iter().all(|case| shown.contains(&case.name.as_str())));
            assert_eq!(here.len(), shown.len());
        }
    };
}

cases! {
    a_broken_document "broken-document" [Client Operations Types];
    about "about" [Root Readme];
    about_links "about-links" [Root Readme];
    additional_properties "additional-properties" [Types];
    aliases "aliases" [Types];
    all_of "all-of" [Types];
    members_that_differ "all-of-contradictions" [Types];
    all_versions "all-versions" [Client Operations Types];
    all_of_enums "all-of-enums" [Types];
    all_of_properties "all-of-properties" [Types];
    all_of_rules "all-of-rules" [Operations Types];
    all_of_single "all-of-single" [Types];
    all_of_union "all-of-union" [Types];
    alternative_rules "alternative-rules" [Types];
    alternatives_by_value "alternatives-by-value" [Types];
    words_of_alternatives "alternatives-words" [Types];
    required_alternatives "required-alternatives" [Types];
    answers "answers" [Client Operations];
    any_of "any-of" [Types];
    arrays "arrays" [Types];
    bodies "bodies" [Root Client Operations];
    callbacks "callbacks" [Client Callbacks];
    checked "checked" [Client Operations Types];
    choice_pairs "choice-pairs" [Types];
    closed_enums "closed-enums" [Operations Types];
    components "components" [Operations];
    contradictions "contradictions" [Client Types];
    defaults "defaults" [Types];
    deprecated "deprecated" [Client Operations Types];
    derives "derives" [Types];
    discriminator_base "discriminator-base" [Types];
    discriminator_of_which "discriminator-of-which" [Types];
    discriminator_one_of "discriminator-one-of" [Types];
    discriminators "discriminators" [Types];
    docs "docs" [Root Client Operations Types];
    enum_kinds "enum-kinds" [Types];
    envelope "envelope" [Client Operations];
    error_code "error-code" [Client];
    error_code_unfit "error-code-unfit" [Client];
    error_ranges "error-ranges" [Client Operations];
    event_choices "event-choices" [Client Operations Types];
    event_stream "event-stream" [Client Operations Types];
    examples "examples" [Client];
    foreign_types "foreign-types" [Operations Types];
    formats "formats" [Types];
    group_by_tag "group-by-tag" [Every];
    headers "headers" [Client Operations];
    inferred_pages "inferred-pages" [Operations];
    inner_words "inner-words" [Client Operations Types];
    inline_object "inline-object" [Types];
    integer_enum "integer-enum" [Operations Types];
    left_out "left-out" [Client Operations];
    links "links" [Client];
    json_lines "json-lines" [Client Operations];
    maps "maps" [Types];
    media_ranges "media-ranges" [Client Operations];
    missing_operation_id "missing-operation-id" [Client Operations Types];
    no_content "no-content" [Client Operations];
    nonempty "nonempty" [Operations];
    null_alternatives "null-alternatives" [Types];
    one_of "one-of" [Types];
    opaque_bodies "opaque-bodies" [Client Operations Types];
    operation_name "operation-name" [Client];
    pagination "pagination" [Client Operations];
    parameter_styles "parameter-styles" [Client Operations];
    parameters "parameters" [Client Operations Types];
    parts "parts" [Client Operations];
    presence "presence" [Types];
    properties "properties" [Types];
    read_write_only "read-write-only" [Types];
    recursion "recursion" [Types];
    reference_siblings "reference-siblings" [Types];
    representations "representations" [Client Operations];
    rename "rename" [Operations Types];
    repeated_operation_id "repeated-operation-id" [Client Operations];
    requests "requests" [Client Operations Types];
    rules_without_type "rules-without-type" [Client Operations Types];
    security_alternatives "security-alternatives" [Client Operations];
    security_broken "security-broken" [Client Operations Root];
    security_schemes "security-schemes" [Root Credentials];
    servers "servers" [Client Operations];
    several_files "several-files" [Root Client Operations Types];
    shared_errors "shared-errors" [Operations];
    string_enum "string-enum" [Types];
    tags "tags" [Every];
    sunset "sunset" [Client];
    swagger "swagger" [Every];
    text_and_bytes "text-and-bytes" [Root Operations];
    tuples "tuples" [Client Operations Types];
    tuples_nested "tuples-nested" [Types];
    unions "unions" [Operations Types];
    alternatives "alternatives" [Types];
    what_tells_alternatives_apart "alternatives-apart" [Types];
    inner_components "inner-components" [Types];
    unions_one_way "unions-one-way" [Types];
    v31_collections "v31-collections" [Types];
    v31_references "v31-references" [Client Operations Types];
    v31_types "v31-types" [Types];
    v31_webhooks "v31-webhooks" [Root Types Webhooks];
    v32 "v32" [Client Credentials Operations Types];
    waiters "waiters" [Client Operations];
    words "words" [Client Operations Types];
    webhooks "webhooks" [Every];
    webhooks_alike "webhooks-alike" [Root Webhooks];
}

/// A file that is included can have no documentation as a whole.
#[test]
fn what_a_document_says_of_itself_is_on_the_client_of_a_module() {
    let case = case("about");
    let root = case.as_crate().files.into_iter().find(|file| file.path == "src/lib.rs").unwrap();
    let (said, module) = (root.text.split_once("# Tags").unwrap().1, case.as_module().text);
    let said: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("//! ")).collect();
    assert_eq!(said.len(), 11, "{said:#?}");
    for line in said.into_iter().chain(["Everything that is said of it.", "What is said is kept."])
    {
        assert!(module.contains(&format!("    /// {line}\n")), "{line}");
    }
}
