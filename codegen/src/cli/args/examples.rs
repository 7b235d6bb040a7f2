//! What runs look like, below the `--help` of each command. A test reads every line of them as arguments.

pub(super) const PROGRAM: &str = "\
Examples:
  specwright init --spec openapi/api.yaml      a first specwright.toml, and what comes next
  specwright                                   write the clients of specwright.toml
  specwright --check                           fail if a committed client is not up to date
  specwright list --spec openapi/api.yaml      the operations of a document
  specwright --spec openapi/api.yaml --out client --operation listWidgets
                                               one operation and what it needs
  specwright diff old.yaml new.yaml            what a new version breaks, and the bump it asks for
  specwright serve --spec openapi/api.yaml     a server that answers as the document says
  specwright preview --spec openapi/api.yaml   the operations, beside the Rust each becomes
  specwright explain unknown-key               what a message means";

pub(super) const GENERATE: &str = "\
Examples:
  specwright generate                          write the clients of specwright.toml
  specwright generate --check                  fail if a committed client is not up to date: for CI
  specwright generate --client widgets         one of several clients, by its crate-name or folder
  specwright generate --watch                  write again whenever the document is saved
  specwright generate --spec api.yaml --out client --crate-name my-client
                                               without a configuration
  specwright generate --spec api.yaml --out client --tag Widgets --path '/gadgets/**'
                                               a part of a large document
  specwright generate --spec api.yaml --overlay fix.yaml --effective-spec fixed.yaml
                                               what an overlay makes of a document";

pub(super) const LIST: &str = "\
Examples:
  specwright list                              of the documents of specwright.toml
  specwright list --spec api.yaml              of a document";

pub(super) const INSPECT: &str = "\
Examples:
  specwright inspect --spec api.yaml --stage ir --only Widget
                                               what is known of a schema
  specwright inspect --spec api.yaml --stage names
                                               what everything is called";

pub(super) const DIFF: &str = "\
Examples:
  specwright diff old.yaml new.yaml            what breaks, and the bump it asks for
  specwright diff old.yaml new.yaml --config specwright.toml
                                               for the operations and names that a client has
  specwright diff old.yaml new.yaml --format markdown
                                               for a pull request

The status is 1 if something breaks, else 0. The version that is committed is had by
`git show HEAD:openapi/api.yaml > old.yaml`.";

#[cfg(feature = "serve")]
pub(super) const SERVE: &str = "\
Examples:
  specwright serve --spec api.yaml             on http://127.0.0.1:4010, until Ctrl-C
  specwright serve --spec api.yaml --port 0    on a port that is free; the first line says which
  specwright serve --spec api.yaml --fail 429:3,500:1 --delay 2s
                                               how a client takes it";

#[cfg(feature = "preview")]
pub(super) const PREVIEW: &str = "\
Examples:
  specwright preview --spec api.yaml --open    in a browser, until Ctrl-C
  specwright preview --config specwright.toml --port 8080
                                               with the names and types of a configuration";

pub(super) const INIT: &str = "\
Examples:
  specwright init --spec openapi/api.yaml      with the client in the folder `client`
  specwright init --spec api.yaml --out crates/widgets --crate-name widgets
                                               elsewhere, by another name";

pub(super) const EXPLAIN: &str = "\
Examples:
  specwright explain                           every code
  specwright explain unknown-key               what it means, and the way out";

pub(super) const COMPLETIONS: &str = "\
Examples:
  specwright completions bash > ~/.local/share/bash-completion/completions/specwright
  specwright completions fish > ~/.config/fish/completions/specwright.fish";

pub(super) const MAN: &str = "\
Examples:
  specwright man > specwright.1                of the program
  specwright man diff > specwright-diff.1      of a command";

pub(super) const SCHEMA: &str = "\
Examples:
  specwright schema > specwright.schema.json   for an editor that checks specwright.toml";
