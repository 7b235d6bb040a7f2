//! `init`: a first configuration, made from a document.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use annotate_snippets::normalize_untrusted_str as normal;
use specwright::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use specwright::pointer::Pointer;
use specwright::source::Disk;
use specwright::{Options, package, select};
use toml_edit::Value;

use super::args::Init;
use super::report::Report;
use super::{Status, runtime, settings, tally};

/// What the configuration is called.
const NAME: &str = "specwright.toml";

/// Where the client goes unless the user says otherwise.
const OUT: &str = "client";

/// What a client cannot do without until the runtime is published.
const NO_RUNTIME: &str = "\n# The client links to `specwright-runtime`, which is not published yet: where is it?\n\
                          # runtime-path = \"../specwright/runtime\"\n";

/// What the reader may want to do now; the last names the folder of the client.
const NEXT: [(&str, &str); 6] = [
    ("specwright list", "shows the operations, for a choice among them"),
    ("specwright preview --open", "shows in a browser the Rust that each becomes"),
    ("specwright", "writes the client"),
    ("specwright --check", "fails if the client is not what the document gives: for CI"),
    ("specwright serve", "answers as the document says, to try the client without the real API"),
    ("cargo add --path", "lets a program of yours use it; its README has a first call"),
];

/// What `init` has to know of a document.
struct Document {
    title: String,
    operations: usize,
    /// A tag that is in use, for the example.
    tag: Option<String>,
    /// A parameter that no call needs, as a configuration names it.
    parameter: Option<String>,
}

/// Writes `specwright.toml` in the current folder, and says what comes next.
pub(super) fn run(args: &Init, report: &mut Report) -> Result<Status, Diagnostics> {
    let document = look(args)?;
    args.package.runtime_path.as_deref().map_or(Ok(()), runtime::check)?;
    let out = args.package.out.as_deref().unwrap_or(Path::new(OUT));
    let name = match &args.package.crate_name {
        Some(name) => settings::sound_name(name)?.to_owned(),
        None => package::named_after(&document.title),
    };
    write(&configuration(args, &document, out, &name)?)?;
    let operations = tally::count(document.operations, "operation");
    let out = out.display().to_string();
    let title = &document.title;
    report.say(&format!("{NAME}: {operations} of {title}, to become the crate {name} in {out}"));
    report.say("What comes next:");
    let is_there = |(command, _): &(&str, &str)| match *command {
        "specwright serve" => cfg!(feature = "serve"),
        "specwright preview --open" => cfg!(feature = "preview"),
        _ => true,
    };
    let commands = NEXT.into_iter().filter(is_there).map(|(command, does)| match command {
        "cargo add --path" => (format!("{command} {}", shell_word(&out)), does),
        _ => (command.to_owned(), does),
    });
    let commands: Vec<_> = commands.collect();
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    for (command, does) in commands {
        report.say(&format!("  {command:<width$}  {does}"));
    }
    Ok(Status::Done)
}

/// A path as it is typed.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

fn look(args: &Init) -> Result<Document, Diagnostics> {
    let options = Options { spec: args.spec.clone(), ..Options::default() };
    let source = specwright::one_tree(&options, &Disk)?;
    let operations = select::operations(&source.root);
    let tag = operations.iter().find_map(|operation| operation.tags.first());
    let title = source.root.pointer("/info/title").and_then(serde_json::Value::as_str);
    Ok(Document {
        title: title.unwrap_or("a document without a title").to_owned(),
        operations: operations.len(),
        tag: tag.map(ToString::to_string),
        parameter: parameter(&source.root),
    })
}

/// The first parameter of an operation that may be left out.
fn parameter(root: &serde_json::Value) -> Option<String> {
    let operations = select::operations(root);
    let mut found = operations.iter().filter_map(|operation| {
        let at = Pointer::root().push("paths").push(operation.path).push(operation.method);
        let at = at.push("parameters");
        let all = at.lookup(root)?.as_array()?;
        let named = all.iter().filter(|one| one.get("required").is_none_or(|it| it == false));
        named.into_iter().find_map(|one| {
            let text = |key: &str| one.get(key)?.as_str();
            let place = text("in").filter(|place| ["query", "header"].contains(place))?;
            Some(at.push(&format!("{place}={}", text("name")?)).to_string())
        })
    });
    found.next()
}

/// The text of the configuration. What is commented out is what a reader may want next.
fn configuration(
    args: &Init,
    document: &Document,
    out: &Path,
    name: &str,
) -> Result<String, Diagnostic> {
    let mut text = String::from("# The README of specwright lists every key.\n\n[[client]]\n");
    let mut line = |key: &str, value: Value| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{key} = {}", value.decorated("", ""));
    };
    line("spec", path(&args.spec)?);
    line("out", path(out)?);
    line("crate-name", name.into());
    if let Some(runtime) = &args.package.runtime_path {
        line("runtime-path", path(runtime)?);
    } else {
        text.push_str(NO_RUNTIME);
    }
    if let Some(tag) = &document.tag {
        text.push_str("\n# Some of the operations instead of all, by name, tag or path:\n");
        let tags: toml_edit::Array = std::iter::once(tag.as_str()).collect();
        // One line, whatever the tag is: a comment ends where its line does.
        let tags = Value::from(tags).to_string().replace(['\n', '\r'], " ");
        let _ = writeln!(text, "# tags = {}", normal(tags.trim()));
    }
    if let Some(parameter) = &document.parameter {
        text.push_str(
            "\n# Parameters that nobody is asked for; what is in a list goes by its name:\n",
        );
        let all: toml_edit::Array = std::iter::once(parameter.as_str()).collect();
        let all = Value::from(all).to_string().replace(['\n', '\r'], " ");
        let _ = writeln!(text, "# drop-parameters = {}", normal(all.trim()));
    }
    text.push_str(
        "\n# Warnings fail the run, such as one about a schema that has no Rust type:\n# strict = true\n",
    );
    Ok(text)
}

fn path(path: &Path) -> Result<Value, Diagnostic> {
    let text = path.to_str().ok_or_else(|| {
        let message = format!("`{}` is not Unicode, as TOML is", path.display());
        Diagnostic::error(Code::Config, message)
    })?;
    Ok(text.into())
}

/// Writes the file, if there is none.
fn write(text: &str) -> Result<(), Diagnostic> {
    let refuse = |error: &std::io::Error| {
        if error.kind() == ErrorKind::AlreadyExists {
            Diagnostic::error(Code::Config, format!("there is a `{NAME}` here already"))
                .help("add a `[[client]]` table to it, or remove it first")
        } else {
            Diagnostic::error(Code::Io, format!("cannot write `{NAME}`: {error}"))
                .located(Location::whole(NAME))
                .help("check the permissions of this folder")
        }
    };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(NAME)
        .map_err(|error| refuse(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| refuse(&error))
}
