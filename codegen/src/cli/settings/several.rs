//! One client of a configuration that may have several: which of them a command is about.

use std::path::Path;

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic};

use super::super::args::Input;
use super::super::folders::is_same;

/// A client and its position in the configuration.
pub(in super::super) type Placed = (usize, ClientConfig);

/// The clients that `--client` leaves, all of them without it.
pub(super) fn named(clients: Vec<Placed>, name: Option<&str>) -> Result<Vec<Placed>, Diagnostic> {
    let Some(name) = name else { return Ok(clients) };
    let is_it = |(_, client): &&Placed| is_called(client, name);
    let number = clients.iter().filter(is_it).count();
    if number == 1 {
        return Ok(clients.into_iter().filter(|client| is_it(&client)).collect());
    }
    let message = match number {
        0 => format!("the configuration has no client `{name}`"),
        _ => format!("the configuration has {number} clients `{name}`"),
    };
    let all: Vec<String> = clients.iter().filter_map(|(_, client)| names(client).next()).collect();
    let near = all.iter().find(|own| {
        strsim::osa_distance(own, name) * 3 <= own.chars().count().max(name.chars().count())
    });
    let help = match near.filter(|_| number == 0) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let all: Vec<String> = all.iter().map(|own| format!("`{own}`")).collect();
            format!("a client goes by its `crate-name` or its `out`: {}", all.join(", "))
        }
    };
    Err(Diagnostic::error(Code::Config, message).help(help))
}

/// Whether a client goes by this name.
pub(super) fn is_called(client: &ClientConfig, name: &str) -> bool {
    names(client).any(|own| own == name)
}

/// What a client is called: its package, its folder, and the last part of that.
fn names(client: &ClientConfig) -> impl Iterator<Item = String> {
    let last = client.out.file_name().map(|name| name.to_string_lossy().into_owned());
    let out = client.out.display().to_string();
    client.crate_name.clone().into_iter().chain([out]).chain(last)
}

/// The client that is meant, and its position: the only one, or the one of the document that `--spec`
/// names. `done` is what is done to one: "served".
pub(super) fn one(clients: Vec<Placed>, input: &Input, done: &str) -> Result<Placed, Diagnostic> {
    let mut clients = clients;
    let found = match &input.spec {
        _ if clients.len() == 1 => vec![0],
        Some(spec) => readers(&clients, &[spec]),
        None => Vec::new(),
    };
    let message = match (found.as_slice(), &input.spec) {
        ([at], _) => return Ok(clients.swap_remove(*at)),
        ([_, _, ..], Some(spec)) => {
            return Err(ambiguous(&clients, &found, &format!("`{}`", spec.display())));
        }
        (_, Some(spec)) => {
            format!("not one client of the configuration reads `{}`", spec.display())
        }
        (_, None) => format!("the configuration has several clients, and one is {done}"),
    };
    let config = input.config.as_deref().unwrap_or(Path::new("specwright.toml"));
    let all = documents(&clients);
    let by_name = format!("`--client NAME`: {}", listed(&clients, 0..clients.len()));
    // A document that two of them read names neither.
    let help = if all.len() == clients.len() {
        format!(
            "say which by its document, `--config {} --spec FILE`: {}; or by its name, {by_name}",
            config.display(),
            all.join(", ")
        )
    } else {
        format!("say which by its name, {by_name}")
    };
    Err(Diagnostic::error(Code::Config, message).help(help))
}

/// The client for two versions of a document: the only one, or the one that reads either.
pub(super) fn of_either(
    mut clients: Vec<Placed>,
    versions: [&Path; 2],
) -> Result<Placed, Diagnostic> {
    let found = if clients.len() == 1 { vec![0] } else { readers(&clients, &versions) };
    match found.as_slice() {
        [at] => return Ok(clients.swap_remove(*at)),
        [] => {}
        _ => return Err(ambiguous(&clients, &found, "one of the two documents")),
    }
    let message = "the configuration has several clients, and not one of them reads either of the two \
                   documents";
    let help = format!(
        "name the client, `--client NAME`; or compare a document with another version of it under its \
         own name, {}",
        documents(&clients).join(", ")
    );
    Err(Diagnostic::error(Code::Config, message).help(help))
}

/// The clients that read one of these files, by their position among these.
fn readers(clients: &[Placed], files: &[&Path]) -> Vec<usize> {
    let reads = |client: &ClientConfig| files.iter().any(|file| is_same(&client.spec, file));
    let all = clients.iter().enumerate();
    all.filter(|(_, (_, client))| reads(client)).map(|(at, _)| at).collect()
}

/// What is said where several clients read what names one.
fn ambiguous(clients: &[Placed], found: &[usize], what: &str) -> Diagnostic {
    let number = found.len();
    let message = format!("{number} clients of the configuration read {what}");
    let help = format!("say which, `--client NAME`: {}", listed(clients, found.iter().copied()));
    Diagnostic::error(Code::Config, message).help(help)
}

/// What some of the clients go by. A folder does where a package has the name of another.
fn listed(clients: &[Placed], some: impl Iterator<Item = usize>) -> String {
    let is_alone = |name: &String| {
        clients.iter().filter(|(_, client)| names(client).any(|own| own == *name)).count() == 1
    };
    let some = some.filter_map(|at| {
        let (_, client) = &clients[at];
        names(client).find(is_alone).or_else(|| names(client).next())
    });
    some.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The documents of all clients, each once.
fn documents(clients: &[Placed]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (_, client) in clients {
        let name = format!("`{}`", client.spec.display());
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}
