//! Documents that are looked at and not generated: what of a client says how they are read, and no more.

use specwright::Options;
use specwright::config::ClientConfig;
use specwright::diagnostics::Diagnostics;
use specwright::load::Limits;
use specwright::source::Disk;

use super::super::args::Input;
use super::{Need, configured, put, several};

/// The one document to look at, as [`documents`] has it.
#[cfg(feature = "serve")]
pub(in super::super) fn document(input: &Input) -> Result<(usize, Options), Diagnostics> {
    let (index, client) = several::one(configured(input, &Disk, Need::Document)?, input, "served")?;
    Ok((index, looked_at(client, input)))
}

/// The documents to look at, with the folders that they may refer into and their overlays, each with the
/// position of its client. Of several, a `--spec` beside the configuration names one.
pub(in super::super) fn documents(input: &Input) -> Result<Vec<(usize, Options)>, Diagnostics> {
    let clients = configured(input, &Disk, Need::Document)?;
    let clients = match &input.spec {
        Some(_) => vec![several::one(clients, input, "looked at")?],
        None => clients,
    };
    Ok(clients.into_iter().map(|(index, client)| (index, looked_at(client, input))).collect())
}

/// The documents to list: each once, however many clients read it. Who names a client is shown what that
/// has chosen of it.
pub(in super::super) fn listed(input: &Input) -> Result<Vec<(usize, Options)>, Diagnostics> {
    let mut all: Vec<(usize, Options)> = Vec::new();
    if input.client.is_some() {
        let (index, client) =
            several::one(configured(input, &Disk, Need::Document)?, input, "listed")?;
        let selection = Options::from(&client).selection;
        let options = Options { selection, ..looked_at(client, input) };
        return Ok(vec![(index, options)]);
    }
    for (index, options) in documents(input)? {
        let is_same = |(_, other): &(usize, Options)| {
            (&other.spec, &other.overlays) == (&options.spec, &options.overlays)
        };
        if !all.iter().any(is_same) {
            all.push((index, options));
        }
    }
    Ok(all)
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
