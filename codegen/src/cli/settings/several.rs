//! One client of a configuration that may have several: which of them a command is about.

use std::path::Path;

use specwright::config::ClientConfig;
use specwright::diagnostics::{Code, Diagnostic};

use super::super::args::Input;
use super::super::folders::is_same;

/// The client that is meant, and its position: the only one, or the one of the document that `--spec`
/// names. `done` is what is done to one: "served".
pub(super) fn one(
    mut clients: Vec<ClientConfig>,
    input: &Input,
    done: &str,
) -> Result<(usize, ClientConfig), Diagnostic> {
    let found = match &input.spec {
        _ if clients.len() == 1 => Some(0),
        Some(spec) => only(&clients, &[spec]),
        None => None,
    };
    match found {
        Some(index) => Ok((index, clients.swap_remove(index))),
        None => {
            let message = match &input.spec {
                Some(spec) => {
                    format!("not one client of the configuration reads `{}`", spec.display())
                }
                None => format!("the configuration has several clients, and one is {done}"),
            };
            let config = input.config.as_deref().unwrap_or(Path::new("specwright.toml"));
            let help = format!(
                "say which by its document, `--config {} --spec FILE`: {}",
                config.display(),
                documents(&clients)
            );
            Err(Diagnostic::error(Code::Config, message).help(help))
        }
    }
}

/// The client for two versions of a document: the only one, or the one that reads either.
pub(super) fn of_either<'c>(
    clients: &'c [ClientConfig],
    versions: [&Path; 2],
) -> Result<(usize, &'c ClientConfig), Diagnostic> {
    let found = if clients.len() == 1 { Some(0) } else { only(clients, &versions) };
    let client = found.and_then(|index| Some((index, clients.get(index)?)));
    client.ok_or_else(|| {
        let message = "the configuration has several clients, and not one of them reads either of the \
                       two documents";
        let help = format!(
            "compare a document with another version of it under its own name, {}; or give a \
             configuration with one client",
            documents(clients)
        );
        Diagnostic::error(Code::Config, message).help(help)
    })
}

/// The one client that reads one of these files.
fn only(clients: &[ClientConfig], files: &[&Path]) -> Option<usize> {
    let reads = |client: &ClientConfig| files.iter().any(|file| is_same(&client.spec, file));
    let mut found = clients.iter().enumerate().filter(|(_, client)| reads(client));
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

/// The documents of all clients, each once.
fn documents(clients: &[ClientConfig]) -> String {
    let mut all: Vec<String> = Vec::new();
    for client in clients {
        let name = format!("`{}`", client.spec.display());
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}
