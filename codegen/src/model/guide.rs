//! The guide in the root of a crate: from a login to the first call, and what else its users ask
//! about. It speaks of nothing that the document does not have.

use super::build::Context;
use super::code::Code;
use super::operations::Example;
use super::{Docs, about, docs, markdown, operations};
use crate::ir::{ContentKind, Operation, Outcome, Payload};

/// The sections, for a crate; a module's documentation is its owner's to write.
pub(super) fn sections(context: &Context<'_>) -> Vec<Docs> {
    let Some(krate) = context.wishes.krate.as_deref() else { return Vec::new() };
    let mut sections = vec![first_steps(context, krate), errors(context), repeats()];
    sections.extend(pages(context));
    sections.extend(waiting(context));
    sections.extend(files(context));
    sections.push(testing());
    sections
}

fn first_steps(context: &Context<'_>, krate: &str) -> Docs {
    let first = operations::first_example(context);
    let mut lines = vec!["# First steps".to_owned(), String::new(), "```no_run".to_owned()];
    lines.extend(first.as_ref().and_then(Example::condition));
    lines.push("# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
    lines.extend(start(context, krate, first.as_ref()));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    docs::join(vec![lines, logins(context)])
}

/// A client with a login, and a call.
fn start(context: &Context<'_>, krate: &str, first: Option<&Example>) -> Docs {
    let login = login(context);
    let mut root = vec!["Client"];
    root.extend(login.iter().map(|(name, _)| *name));
    root.sort_unstable();
    let root = match root.as_slice() {
        [only] => format!("use {krate}::{only};"),
        all => format!("use {krate}::{{{}}};", all.join(", ")),
    };
    let mut links = Vec::new();
    if !has_server(context) {
        links.push(Code::text("base_url(\"https://api.example.com\")"));
    }
    links.extend(login.map(|(_, value)| Code::call("credentials", vec![Code::text(value)])));
    links.push(Code::text("build()?"));
    let client = Code::Chain(Box::new(Code::text("Client::builder()")), links);
    let mut lines: Docs = first.into_iter().flat_map(Example::uses).cloned().collect();
    lines.extend([root, String::new()]);
    lines.extend(client.statement("let client = "));
    lines.extend(first.into_iter().flat_map(Example::lines).cloned());
    lines
}

/// What a new crate's `README.md` says; it is its owner's from then on.
pub(super) fn readme(context: &Context<'_>) -> Docs {
    let Some(krate) = context.wishes.krate.as_deref() else { return Docs::new() };
    let title = markdown::inline(&context.api.info.title);
    let title = if title.is_empty() { krate } else { &title };
    let first = operations::first_example(context);
    let start = start(context, krate, first.as_ref());
    let code = [vec!["```rust".to_owned()], start, vec!["```".to_owned()]];
    let features = if has_features(context) {
        [
            "Each tag of the document is a feature, and all are on by default. Less is built with",
            "`default-features = false` and only those in use.",
        ]
        .map(str::to_owned)
        .into()
    } else {
        Docs::new()
    };
    let anew = [
        "`specwright generate` makes `src/` anew, in the folder of its `specwright.toml` or with the flags of the",
        "first time. What is changed there by hand is lost; this file and `Cargo.toml` are written once.",
    ];
    docs::join(vec![
        vec![format!("# {title}")],
        about::summary(&context.api.info).into_iter().collect(),
        vec!["A typed client, made from the API's OpenAPI document by specwright.".to_owned()],
        code.concat(),
        vec!["`cargo doc --open` shows every call with an example, its errors and the login it needs.".to_owned()],
        features,
        anew.map(str::to_owned).into(),
        about::section(&context.api.info, "##"),
    ])
}

/// Whether a call, and what belongs to it, is there only with a feature.
fn has_features(context: &Context<'_>) -> bool {
    !context.names.layout().features().is_empty()
}

/// The first type of the document that logs in, and a value of it.
fn login<'a>(context: &Context<'a>) -> Option<(&'a str, String)> {
    let scheme = context.api.schemes.first()?;
    let names = context.names.credential(0);
    let arguments: Vec<String> = names
        .arguments
        .iter()
        .map(|name| format!("\"{}\"", name.trim_start_matches("r#")))
        .collect();
    let value = if scheme.env.len() == arguments.len() {
        format!("{}::from_env()?", names.type_name)
    } else {
        format!("{}::new({})", names.type_name, arguments.join(", "))
    };
    Some((names.type_name.as_str(), value))
}

/// Whether a client can be built without a word about where the server is.
fn has_server(context: &Context<'_>) -> bool {
    context.api.servers.iter().any(|server| server.url.contains("://"))
        && context.api.variables.iter().all(|variable| variable.default.is_some())
}

/// The ways to log in, where there is a choice.
fn logins(context: &Context<'_>) -> Docs {
    let all = 0..context.api.schemes.len();
    let all: Vec<String> =
        all.map(|index| format!("[`{}`]", context.names.credential(index).type_name)).collect();
    match all.as_slice() {
        [] | [_] => Vec::new(),
        _ => vec![
            format!("The document has these logins: {}.", all.join(", ")),
            "`credentials` may be called for several; each call takes the first that its operation lists."
                .to_owned(),
        ],
    }
}

fn errors(context: &Context<'_>) -> Docs {
    let mut lines = vec![
        "# Errors".to_owned(),
        String::new(),
        "A call fails with [`Error<E>`](specwright_runtime::Error), in which `E` has a variant for each status"
            .to_owned(),
        "that the document lists. `status()`, `headers()`, `retry_after()` and `may_have_reached_server()`"
            .to_owned(),
        "are on the error itself. `?` converts any of them into [`Error`], which finds the".to_owned(),
    ];
    let listed = context.api.operations.iter().position(|operation| !operation.errors.is_empty());
    lines.push(match listed {
        Some(index) => {
            let name = &context.names.operation(index).error;
            format!("documented error again: `err.as_service::<operations::{name}>()`.")
        }
        None => "documented error again with `as_service`.".to_owned(),
    });
    lines
}

fn repeats() -> Docs {
    [
        "# Repeats",
        "",
        "A call is tried up to three times, and nothing is sent twice that may have been acted on.",
        "[`RetryPolicy`](specwright_runtime::RetryPolicy) sets how often and how far apart, for the client by its",
        "builder's `retry` or for some calls by [`Client::with_options`]; `timeout` bounds a call with all of its",
        "attempts.",
    ]
    .map(str::to_owned)
    .into()
}

/// The first list that comes in pages.
fn pages(context: &Context<'_>) -> Option<Docs> {
    let operations = 0..context.api.operations.len();
    let mut all = operations.map(|index| context.names.operation(index));
    let (call, names) = all.find_map(|names| Some((&names.call, names.pages.as_ref()?)))?;
    Some(vec![
        "# Pages".to_owned(),
        String::new(),
        method_of(context, call, &names.items),
        format!(
            "gives what is on all pages of a list, as a stream, and `{}` the pages themselves. Each page is a",
            names.pages.trim_start_matches("r#")
        ),
        "call of its own, which is not made before somebody waits for it. Dropping the stream ends it.".to_owned(),
    ])
}

/// A method of a call, linked if it is there whatever the features.
fn method_of(context: &Context<'_>, call: &str, method: &str) -> String {
    let method = method.trim_start_matches("r#");
    if has_features(context) {
        format!("`operations::{call}::{method}`")
    } else {
        format!("[`{method}`](operations::{call}::{method})")
    }
}

/// The first thing that can be waited for.
fn waiting(context: &Context<'_>) -> Option<Docs> {
    let waiter = context.api.waiters.first()?;
    let names = context.names.waiter(0);
    let call = &context.names.operation(waiter.operation).call;
    Some(vec![
        "# Waiting".to_owned(),
        String::new(),
        method_of(context, call, &names.method),
        "makes a call again and again until the work behind it is done, and never longer than its `wait`"
            .to_owned(),
        "is told. `poll_every` says how often, `on_update` shows each state. Dropping the future ends the wait.".to_owned(),
    ])
}

/// Bytes, which are often too many to be held: the first answer of them, and whether any are sent.
fn files(context: &Context<'_>) -> Option<Docs> {
    let operations = context.api.operations.iter().enumerate();
    let received = operations.clone().find_map(|(index, operation)| {
        let names = context.names.operation(index);
        let mut ways = operation.ways().zip(&names.ways).filter(|(_, way)| way.answer.is_none());
        let (_, way) = ways.find(|(successes, _)| is_of_bytes(successes))?;
        Some(method_of(context, &names.call, &way.stream))
    });
    let is_sent = operations.into_iter().any(|(_, operation)| takes_bytes(operation));
    let mut lines = Vec::new();
    if let Some(method) = received {
        lines.extend([
            method,
            "gives an answer while it arrives, as a [`Download`](specwright_runtime::Download) that tells how".to_owned(),
            "far it is and can write itself to a file.".to_owned(),
        ]);
    }
    if is_sent {
        lines.extend([
            "[`Body::from_file`](specwright_runtime::Body::from_file) is sent a piece at a time; what takes long".to_owned(),
            "wants other limits of time than a call usually has.".to_owned(),
        ]);
    }
    let title = ["# Files".to_owned(), String::new()];
    (!lines.is_empty()).then(|| [title.into(), lines].concat())
}

fn is_of_bytes(successes: &[Outcome]) -> bool {
    successes.first().is_some_and(|outcome| matches!(outcome.payload, Payload::Bytes { .. }))
}

fn takes_bytes(operation: &Operation) -> bool {
    let mut contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.any(|content| match &content.kind {
        ContentKind::Bytes | ContentKind::Multipart(_) => true,
        ContentKind::Json(_) | ContentKind::Form(..) | ContentKind::Text => false,
    })
}

fn testing() -> Docs {
    [
        "# Testing",
        "",
        "`MockTransport`, in `specwright_runtime::mock` with the feature `test-util` of that crate, answers the",
        "calls that a test has written down, without a server: `mock.when(client.…send()).then(…)`.",
        "`specwright serve --spec FILE` plays the whole API on loopback, for which `base_url` takes plain http.",
    ]
    .map(str::to_owned)
    .into()
}
