//! The arguments against what is promised of them, and against the builder.

use super::*;

#[test]
fn the_definition_is_sound() {
    Args::command().debug_assert();
}

/// What the command line can say, a build script can. Whoever adds a flag adds a method, or says
/// here why there is none.
#[test]
fn the_builder_has_every_flag() {
    let other = |flag: &str| match flag {
        "config" => Some("from_config"),
        "spec" => Some("new"),
        "out" => Some("out_dir"),
        _ => None,
    };
    // `from_config` gives a builder for each client. A module is no package and is always made; cargo shows messages in its own way, and output
    // that nobody commits is never out of date. Cargo watches, too, and says little.
    let for_no_script = [
        "client",
        "crate-name",
        "runtime-path",
        "module-only",
        "check",
        "watch",
        "message-format",
        "color",
        "quiet",
        "help",
    ];
    let methods = builder_methods();
    let mut command = Args::command();
    command.build();
    let generate = command.find_subcommand("generate").unwrap();
    for flag in generate.get_arguments().filter_map(clap::Arg::get_long) {
        let method = other(flag).map_or_else(|| flag.replace('-', "_"), str::to_owned);
        let is_exempt = for_no_script.contains(&flag);
        assert_ne!(methods.contains(&method), is_exempt, "`--{flag}`, `Builder::{method}`");
    }
}

/// A group of flags that commands share ends where their own begin.
#[test]
fn flags_are_told_in_their_own_groups() {
    let mut program = Args::command();
    program.build();
    for command in std::iter::once(&program).chain(program.get_subcommands()) {
        for flag in command.get_arguments().filter_map(|arg| Some((arg.get_long()?, arg))) {
            let (name, heading) = (flag.0, flag.1.get_help_heading());
            let expected: &[Option<&str>] = match name {
                "allow-refs" | "max-file-mib" | "overlay" => &[Some("Document")],
                "config" | "spec" | "client" => &[Some("Document"), None],
                "out" | "crate-name" | "runtime-path" => &[Some("Package")],
                "tag" | "path" | "api-version" | "all-versions" => &[Some("Choice of operations")],
                "operation" => &[Some("Choice of operations"), Some("What is shown")],
                "stage" | "only" => &[Some("What is shown")],
                "module-only" | "both-directions" | "only-declared-pages" => &[Some("Client")],
                "port" | "host" | "fail" | "delay" | "polls" | "fail-waits" | "pages" | "open" => {
                    &[Some("Server")]
                }
                "message-format" | "color" | "verbose" | "quiet" => &[Some("Messages")],
                "format" | "help" | "version" => &[None],
                _ => &[Some("Run")],
            };
            assert!(expected.contains(&heading), "{} --{name}: {heading:?}", command.get_name());
        }
    }
}

/// Every command shows what its runs look like, and they are arguments that it takes.
#[test]
fn examples_are_read_as_they_are_shown() {
    let mut program = Args::command();
    program.build();
    let others = program.get_subcommands().filter(|command| command.get_name() != "help");
    for command in std::iter::once(&program).chain(others) {
        let name = command.get_name();
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Examples:\n  specwright"), "{name}: {help}");
        for line in help.lines().filter(|line| line.starts_with("  specwright")) {
            // Two spaces stand in front of what an example does, and a shell takes `>` and quotes away.
            let said = line.trim_start().split("  ").next().unwrap();
            let said = said.split(" > ").next().unwrap().replace('\'', "");
            let words: Vec<&str> = said.split_whitespace().collect();
            let read = Args::read(&words);
            assert!(read.is_ok(), "{said}: {}", read.unwrap_err());
            assert!(name == "specwright" || words.get(1) == Some(&name), "{name}: {said}");
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

/// The public methods of `Builder`, read off its source.
fn builder_methods() -> Vec<String> {
    let sources = [include_str!("../../builder.rs"), include_str!("../../builder/run.rs")];
    let items = sources.map(|source| syn::parse_file(source).unwrap().items);
    let mut methods = Vec::new();
    for item in items.into_iter().flatten() {
        let syn::Item::Impl(block) = item else { continue };
        let is_builder =
            matches!(&*block.self_ty, syn::Type::Path(path) if path.path.is_ident("Builder"));
        for member in block.items.into_iter().filter(|_| is_builder && block.trait_.is_none()) {
            if let syn::ImplItem::Fn(function) = member
                && matches!(function.vis, syn::Visibility::Public(_))
            {
                methods.push(function.sig.ident.to_string());
            }
        }
    }
    methods
}

#[test]
fn generate_is_what_happens_without_a_command() {
    let flags = ["--check", "--operation", "a", "--operation", "b", "--message-format", "json"];
    let bare = Args::read(std::iter::once("specwright").chain(flags)).unwrap();
    assert!(bare.command.is_none() && bare.generate.check);
    assert_eq!(bare.generate.choice.operations, ["a", "b"]);
    assert_eq!(bare.message_format, MessageFormat::Json);
    let named = Args::read(["specwright", "generate"].into_iter().chain(flags));
    assert!(matches!(named.unwrap().command, Some(Command::Generate(g)) if g.check));
}
#[test]
fn flags_in_front_of_a_command() {
    let format = ["specwright", "--message-format", "json", "list"];
    assert_eq!(Args::read(format).unwrap().message_format, MessageFormat::Json);
    assert!(Args::read(["specwright", "--check", "list"]).is_err());
}

#[test]
fn json_is_wanted_even_where_the_rest_makes_no_sense() {
    let asks =
        |args: &[&str]| Args::ask_for_json(&args.iter().map(OsString::from).collect::<Vec<_>>());
    assert!(asks(&["specwright", "--nonsense", "--message-format", "json"]));
    assert!(asks(&["specwright", "--message-format=json", "--nonsense"]));
    assert!(!asks(&["specwright", "--message-format", "human", "json"]));
}
