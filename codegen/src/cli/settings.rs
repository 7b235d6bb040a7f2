//! Flags and configuration together: which clients to make, and how.

mod several;

use std::io;
use std::path::{Path, PathBuf};

use specwright::config::{ClientConfig, Config};
use specwright::diagnostics::{Code, Diagnostic, Diagnostics, Location, Setting};
use specwright::load::Limits;
use specwright::source::{Disk, Files};
use specwright::{Options, package};

#[cfg(feature = "preview")]
use super::args::Preview;
use super::args::{Choice, Diff, Generate, Input};
use super::folders::{self, Clash};
use super::runtime;

/// The configuration that is read where none is named.
const DEFAULT: &str = "specwright.toml";

/// The clients to generate.
pub(super) fn clients(
    args: &Generate,
    files: &dyn Files,
) -> Result<Vec<ClientConfig>, Diagnostics> {
    let mut clients = configured(&args.input, files, Need::Client)?;
    let (input, single) = (&args.input, clients.len() == 1);
    let names_one = input.spec.is_some()
        || args.package.out.is_some()
        || args.package.crate_name.is_some()
        || args.bundle.is_some()
        || args.effective_spec.is_some()
        || args.report.is_some();
    if names_one && !single {
        let message = "`--spec`, `--out`, `--crate-name`, `--bundle`, `--effective-spec` and \
                       `--report` are about one client, and the configuration has several";
        return Err(refuse(message, "give a configuration with one client").into());
    }
    for client in &mut clients {
        document_of(client, &args.input);
        put(&mut client.out, args.package.out.as_ref());
        client.crate_name = args.package.crate_name.clone().or(client.crate_name.take());
        client.report = args.report.clone().or(client.report.take());
        client.runtime_path = args.package.runtime_path.clone().or(client.runtime_path.take());
        choose(client, &args.choice);
        client.module_only |= args.module_only;
        client.strict |= args.strict;
        client.both_directions |= args.both_directions;
        client.only_declared_pages |= args.only_declared_pages;
    }
    let is_bundled = args.bundle.is_some() || args.effective_spec.is_some();
    let mut problems = Diagnostics::default();
    for (index, client) in clients.iter().enumerate() {
        problems.extend(located(check(client, is_bundled), args, index));
    }
    problems.into_result()?;
    let bundle = args.bundle.as_deref().map(|path| ("--bundle", path));
    let effective = args.effective_spec.as_deref().map(|path| ("--effective-spec", path));
    let beside: Vec<_> = bundle.into_iter().chain(effective).collect();
    folders::check(&clients, &beside).map_err(|clash| told(clash, &args.input))?;
    Ok(clients)
}

/// A clash of clients with the lines of both of its entries.
fn told(clash: Clash, input: &Input) -> Diagnostic {
    let (diagnostic, other) = (*clash.diagnostic, clash.other);
    let Some((client, key)) = clash.at else { return diagnostic };
    let place = |client: usize| {
        let setting = Some(Box::new(Setting { key, entry: None }));
        let mut probe = Diagnostics::from(Diagnostic { setting, ..diagnostic.clone() });
        locate(&mut probe, input, client);
        probe.into_iter().find_map(|one| one.location)
    };
    let (here, there) = (place(client), other.and_then(place));
    let told = match (there, diagnostic.help.clone()) {
        (Some(there), Some(help)) => diagnostic.help(format!("{help}; the other is at {there}")),
        (_, _) => diagnostic,
    };
    Diagnostic { location: here, ..told }
}

/// The one client whose operations are shown, as it would be generated.
#[cfg(feature = "preview")]
pub(super) fn shown(args: &Preview, files: &dyn Files) -> Result<Options, Diagnostics> {
    let clients = configured(&args.input, files, Need::Document)?;
    let (index, mut client) = several::one(clients, &args.input, "shown")?;
    document_of(&mut client, &args.input);
    choose(&mut client, &args.choice);
    if let Some(refused) = two_versions(&client) {
        let mut refused = refused.into();
        locate(&mut refused, &args.input, index);
        return Err(refused);
    }
    // Each place is told, since each is told where it belongs.
    Ok(Options { strict: false, verbose: true, ..Options::from(&client) })
}

/// What flags say of the document.
fn document_of(client: &mut ClientConfig, input: &Input) {
    put(&mut client.spec, input.spec.as_ref());
    client.allow_refs.extend(input.allow_refs.iter().cloned());
    client.max_file_mib = input.max_file_mib.or(client.max_file_mib);
    client.overlays.extend(input.overlays.iter().cloned());
}

/// What flags say of its operations.
fn choose(client: &mut ClientConfig, choice: &Choice) {
    if chooses(&choice.operations, &choice.tags, &choice.paths) {
        client.operations.clone_from(&choice.operations);
        client.tags.clone_from(&choice.tags);
        client.paths.clone_from(&choice.paths);
    }
    if choice.all_versions || choice.api_version.is_some() {
        client.all_versions = choice.all_versions;
        client.api_version.clone_from(&choice.api_version);
    }
}

/// What is made of documents that are compared: as the client of the configuration has it that reads
/// one of the two, or the only one. Its position among the others tells where its entries stand.
pub(super) fn compared(args: &Diff) -> Result<(Options, usize), Diagnostics> {
    let Some(path) = &args.config else { return Ok((Options::default(), 0)) };
    let input = Input { config: Some(path.clone()), ..Input::default() };
    let clients = configured(&input, &Disk, Need::Configuration)?;
    let (index, client) = several::of_either(&clients, [&args.old, &args.new])?;
    Ok((Options::from(client), index))
}

/// The one document to look at, as [`documents`] has it.
#[cfg(feature = "serve")]
pub(super) fn document(input: &Input) -> Result<Options, Diagnostics> {
    let (_, client) = several::one(configured(input, &Disk, Need::Document)?, input, "served")?;
    Ok(looked_at(client, input))
}

/// The documents to look at, with the folders that they may refer into and their overlays. Of several, a
/// `--spec` beside the configuration names one.
pub(super) fn documents(input: &Input) -> Result<Vec<Options>, Diagnostics> {
    let clients = configured(input, &Disk, Need::Document)?;
    let clients = match &input.spec {
        Some(_) => vec![several::one(clients, input, "looked at")?.1],
        None => clients,
    };
    Ok(clients.into_iter().map(|client| looked_at(client, input)).collect())
}

fn looked_at(mut client: ClientConfig, input: &Input) -> Options {
    put(&mut client.spec, input.spec.as_ref());
    Options {
        spec: client.spec,
        allow_refs: [client.allow_refs, input.allow_refs.clone()].concat(),
        limits: match input.max_file_mib.or(client.max_file_mib) {
            Some(mib) => Limits::mib(mib),
            None => Limits::default(),
        },
        overlays: [client.overlays, input.overlays.clone()].concat(),
        ..Options::default()
    }
}

/// The problems of a client, those of its entries with their places. What a flag has said is no entry.
pub(super) fn located(problems: Diagnostics, args: &Generate, client: usize) -> Diagnostics {
    let is_of_flag = |setting: &Setting| match setting.key {
        "out" => args.package.out.is_some(),
        "crate-name" => args.package.crate_name.is_some(),
        "runtime-path" => args.package.runtime_path.is_some(),
        "api-version" | "all-versions" => {
            args.choice.api_version.is_some() || args.choice.all_versions
        }
        _ => false,
    };
    let said = |mut problem: Diagnostic| {
        problem.setting.take_if(|setting| is_of_flag(setting));
        problem
    };
    let mut problems: Diagnostics = problems.into_iter().map(said).collect();
    locate(&mut problems, &args.input, client);
    problems
}

/// Gives problems that are about an entry of the configuration its place there. They are those of the
/// `client`th of its clients.
pub(super) fn locate(problems: &mut Diagnostics, input: &Input, client: usize) {
    if problems.iter().all(|problem| problem.setting.is_none()) {
        return;
    }
    // What could be read a moment ago; without it the problems have no place.
    if let Some(path) = config(input)
        && let Ok(text) = std::fs::read_to_string(path)
    {
        Config::locate(problems, &text, path, client);
    }
}

/// The configuration that is read, if one is.
fn config(input: &Input) -> Option<&Path> {
    match (&input.config, &input.spec) {
        (Some(config), _) => Some(config),
        (None, Some(_)) => None,
        (None, None) => Some(Path::new(DEFAULT)),
    }
}

/// The clients of the configuration; with `--spec` alone, one that the flags describe.
fn configured(
    input: &Input,
    files: &dyn Files,
    need: Need,
) -> Result<Vec<ClientConfig>, Diagnostics> {
    let Some(path) = config(input) else { return Ok(vec![ClientConfig::default()]) };
    let text = files
        .read(path, usize::MAX)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into()))
        .map_err(|error| unreadable(path, &error, need))?;
    Ok(Config::parse(&text, path)?.clients)
}

/// What a command cannot do without where there is no configuration.
#[derive(Clone, Copy)]
enum Need {
    /// A document, and where its client goes.
    Client,
    /// A document.
    Document,
    /// The configuration that was named.
    Configuration,
}

fn unreadable(path: &Path, error: &io::Error, need: Need) -> Diagnostic {
    const INIT: &str = "or have a `specwright.toml`, which `specwright init --spec FILE` writes";
    let help = match (error.kind(), need) {
        (io::ErrorKind::NotFound, Need::Client) => format!("say `--spec FILE --out DIR`, {INIT}"),
        (io::ErrorKind::NotFound, Need::Document) => format!("say `--spec FILE`, {INIT}"),
        (io::ErrorKind::NotFound, Need::Configuration) => {
            "correct the path, or leave `--config` away".to_owned()
        }
        (io::ErrorKind::InvalidData, _) => "a configuration is text, in UTF-8".to_owned(),
        (_, _) => "check the path and its permissions".to_owned(),
    };
    let message = format!("cannot read the configuration `{}`: {error}", path.display());
    Diagnostic::error(Code::Config, message).located(Location::whole(path)).help(help)
}

/// What is wrong with a client before anything is read.
fn check(client: &ClientConfig, is_bundled: bool) -> Diagnostics {
    let mut problems = Diagnostics::default();
    if client.out.as_os_str().is_empty() && !is_bundled {
        problems.push(refuse("there is no folder to write to", "say `--out DIR`"));
    } else if client.out.as_os_str().is_empty()
        && chooses(&client.operations, &client.tags, &client.paths)
    {
        let message = "a bundle is the whole document, and there is no client to choose for";
        problems.push(refuse(message, "say `--out DIR`, or leave the choice of operations away"));
    }
    problems.extend(two_versions(client));
    if let Some(Err(unsound)) = client.crate_name.as_deref().map(sound_name) {
        problems.push(about("crate-name", unsound));
    }
    let runtime = client.runtime_path.as_deref().filter(|_| !client.module_only);
    if let Some(Err(other)) = runtime.map(runtime::check) {
        problems.push(about("runtime-path", other));
    }
    problems
}

fn two_versions(client: &ClientConfig) -> Option<Diagnostic> {
    let message = "`api-version` asks for one version, `all-versions` for each";
    let refused = || about("all-versions", refuse(message, "remove one of the two keys"));
    (client.all_versions && client.api_version.is_some()).then(refused)
}

/// A problem of what the configuration says under a key, if a flag has not said it.
fn about(key: &'static str, problem: Diagnostic) -> Diagnostic {
    Diagnostic { setting: Some(Box::new(Setting { key, entry: None })), ..problem }
}

fn chooses(operations: &[String], tags: &[String], paths: &[String]) -> bool {
    !(operations.is_empty() && tags.is_empty() && paths.is_empty())
}

/// The name of a package, if cargo and rustc take it.
pub(super) fn sound_name(name: &str) -> Result<&str, Diagnostic> {
    if package::is_sound(name) {
        return Ok(name);
    }
    let message = format!("`{name}` is no name for a package");
    Err(refuse(&message, &package::advice(name)))
}

fn put(path: &mut PathBuf, flag: Option<&PathBuf>) {
    if let Some(flag) = flag {
        path.clone_from(flag);
    }
}

fn refuse(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::Config, message).help(help)
}
