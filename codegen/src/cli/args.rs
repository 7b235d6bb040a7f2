//! The arguments, as design and README promise them.

mod examples;
mod tip;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
#[cfg(feature = "serve")]
use specwright::serve::{Failures, parse_delay};

/// What the flags are called together that every command has.
const MESSAGES: &str = "Messages";

// What stands below flags that are shared would else be told among them.
const CLIENT: &str = "Client";
const RUN: &str = "Run";
const LOOK: &str = "What is shown";
#[cfg(any(feature = "serve", feature = "preview"))]
const SERVER: &str = "Server";

/// An OpenAPI compiler: writes the Rust client you would have written by hand.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, after_help = examples::PROGRAM)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) generate: Generate,

    /// How problems are told
    #[arg(long, global = true, help_heading = MESSAGES, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: MessageFormat,

    /// Whether problems are coloured; NO_COLOR in the environment means never
    #[arg(long, global = true, help_heading = MESSAGES, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// Tell every place of every warning, rather than equal ones once
    #[arg(long, global = true, help_heading = MESSAGES)]
    pub(crate) verbose: bool,

    /// Say nothing but errors and warnings, and what was asked for
    #[arg(long, global = true, help_heading = MESSAGES)]
    pub(crate) quiet: bool,
}

impl Args {
    /// Reads the arguments of the process.
    pub(crate) fn read<T: Into<OsString> + Clone>(
        args: impl IntoIterator<Item = T>,
    ) -> Result<Self, clap::Error> {
        let words: Vec<OsString> = args.into_iter().map(Into::into).collect();
        let args = Self::try_parse_from(&words).map_err(|error| tip::add(error, &words))?;
        // clap could refuse this by itself, but would refuse `--message-format` along with it.
        if args.command.is_some() && args.generate != Generate::default() {
            let message = "the arguments of a command go behind its name";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(args)
    }

    /// Whether arguments that cannot be read ask for JSON all the same.
    pub(crate) fn ask_for_json(args: &[OsString]) -> bool {
        let flag = "--message-format";
        args.iter().any(|arg| arg.to_str() == Some("--message-format=json"))
            || args.windows(2).any(|pair| pair[0] == flag && pair[1] == "json")
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the client of a document (also what happens without a command)
    #[command(after_help = examples::GENERATE)]
    Generate(Generate),
    /// Show the operations of a document, one a line: METHOD path operationId tags
    #[command(after_help = examples::LIST)]
    List(Input),
    /// Show what a stage of the pipeline knows
    #[command(after_help = examples::INSPECT)]
    Inspect(Inspect),
    /// Compare two versions of a document by what changes for users of the client
    #[command(after_help = examples::DIFF)]
    Diff(Diff),
    /// Play the API of a document on this machine, to try a client without the real one
    #[cfg(feature = "serve")]
    #[command(after_help = examples::SERVE)]
    Serve(Serve),
    /// Show the operations of a document in a browser, beside the Rust that each becomes
    #[cfg(feature = "preview")]
    #[command(after_help = examples::PREVIEW)]
    Preview(Preview),
    /// Write a first `specwright.toml` for a document, whose client goes to `client` without --out
    #[command(after_help = examples::INIT)]
    Init(Init),
    /// Explain a code, such as `unknown-key`; without one, list them
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Print a script that completes arguments in a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page, as roff
    #[command(after_help = examples::MAN)]
    Man(Man),
    /// Print the JSON schema of `specwright.toml`, for editors
    #[command(after_help = examples::SCHEMA)]
    Schema,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Diff {
    /// The document as it was
    pub(crate) old: PathBuf,

    /// The document as it is
    pub(crate) new: PathBuf,

    /// A configuration, for names, groups and the choice of operations
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Of several clients of the configuration, the one of this crate-name or folder
    #[arg(long, value_name = "NAME")]
    pub(crate) client: Option<String>,

    /// How the changes are told
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
}

impl Diff {
    /// Whether a configuration is followed: a client is always one of a configuration.
    pub(crate) fn is_configured(&self) -> bool {
        self.config.is_some() || self.client.is_some()
    }

    /// The configuration, as other commands name it.
    pub(crate) fn input(&self) -> Input {
        Input { config: self.config.clone(), client: self.client.clone(), ..Input::default() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal
    Text,
    /// For a changelog or a pull request
    Markdown,
    /// For programs
    Json,
}

/// What a server is told.
#[cfg(feature = "serve")]
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) input: Input,

    /// Listen on this port; 0 is one that is free
    #[arg(long, help_heading = SERVER, value_name = "N", default_value = "4010")]
    pub(crate) port: u16,

    /// Listen on this address; beyond loopback, others on the network can connect
    #[arg(long, help_heading = SERVER, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: std::net::IpAddr,

    /// Fail first, as `429:3,500:1`: three times with 429, then once with 500
    #[arg(long, help_heading = SERVER, value_name = "STATUS[:TIMES],…", value_parser = Failures::parse)]
    pub(crate) fail: Option<Failures>,

    /// Answer this late: 250ms, 2s, 1m
    #[arg(long, help_heading = SERVER, value_name = "TIME", value_parser = parse_delay)]
    pub(crate) delay: Option<std::time::Duration>,

    /// Which poll finds what is waited for; before, it is on its way
    #[arg(long, help_heading = SERVER, value_name = "N", default_value_t = specwright::serve::POLLS, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) polls: u32,

    /// What is waited for fails in the end, where it can
    #[arg(long, help_heading = SERVER)]
    pub(crate) fail_waits: bool,

    /// How many pages a list has, up to 100
    #[arg(long, help_heading = SERVER, value_name = "N", default_value_t = specwright::serve::PAGES, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) pages: u32,
}

/// What is to be looked at, and where.
#[cfg(feature = "preview")]
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Preview {
    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) choice: Choice,

    /// Listen on this port of this machine; 0 is one that is free
    #[arg(long, help_heading = SERVER, value_name = "N", default_value = "0")]
    pub(crate) port: u16,

    /// Open the page in a browser
    #[arg(long, help_heading = SERVER)]
    pub(crate) open: bool,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Init {
    /// The OpenAPI document
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: PathBuf,

    #[command(flatten)]
    pub(crate) package: Package,
}

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Package")]
pub(crate) struct Package {
    /// The folder that the client goes to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Name of the generated package [default: from the title of the document]
    #[arg(long, value_name = "NAME")]
    pub(crate) crate_name: Option<String>,

    /// Where the crate specwright-runtime is [default: the published version]
    #[arg(long, value_name = "DIR")]
    pub(crate) runtime_path: Option<PathBuf>,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell that the script is for
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Man {
    /// The command that the page is about [default: the program]
    pub(crate) command: Option<String>,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Explain {
    /// What stands in brackets behind `error` or `warning`
    pub(crate) code: Option<String>,
}

/// Where the document comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Document")]
pub(crate) struct Input {
    /// The configuration [default: specwright.toml, unless --spec is given]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Only the client of this crate-name or folder in the configuration
    #[arg(long, value_name = "NAME")]
    pub(crate) client: Option<String>,

    /// The OpenAPI document
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// Let `$ref`s lead into this folder too, beside that of the document; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(crate) allow_refs: Vec<PathBuf>,

    /// Read files of up to so many MiB [default: 32]
    #[arg(long, value_name = "N")]
    pub(crate) max_file_mib: Option<u32>,

    /// Change the document by this overlay; may be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
}

/// Which operations, and in which version.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Choice of operations")]
pub(crate) struct Choice {
    /// Only this operation and what it needs; may be repeated
    #[arg(long = "operation", value_name = "ID")]
    pub(crate) operations: Vec<String>,

    /// The operations with this tag and what they need; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,

    /// The operations of these paths: `*` is within a segment, `**` is any; may be repeated
    #[arg(long = "path", value_name = "GLOB")]
    pub(crate) paths: Vec<String>,

    /// Of operations in several versions, use the newest up to this one, or the one of this name
    #[arg(long, value_name = "VERSION")]
    pub(crate) api_version: Option<String>,

    /// Of operations in several versions, have each under a name with its version
    #[arg(long, conflicts_with = "api_version")]
    pub(crate) all_versions: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) package: Package,

    #[command(flatten)]
    pub(crate) choice: Choice,

    /// Write one file to be included by a crate, rather than a crate
    #[arg(long, help_heading = CLIENT)]
    pub(crate) module_only: bool,

    /// Fail on warnings
    #[arg(long, help_heading = RUN)]
    pub(crate) strict: bool,

    /// Make every type both encode and decode, not only in the direction it travels
    #[arg(long, help_heading = CLIENT)]
    pub(crate) both_directions: bool,

    /// Read answers page by page only where the document declares it
    #[arg(long, help_heading = CLIENT)]
    pub(crate) only_declared_pages: bool,

    /// Write what was generated, and which places have no type, to this file as JSON
    #[arg(long, help_heading = RUN, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,

    /// Write the document and all files that it refers to as one file; without --out, only that
    #[arg(long, help_heading = RUN, value_name = "FILE")]
    pub(crate) bundle: Option<PathBuf>,

    /// Write the document as the overlays change it, as one file; without --out, only that
    #[arg(long, help_heading = RUN, value_name = "FILE")]
    pub(crate) effective_spec: Option<PathBuf>,

    /// Write nothing; fail with status 1 if the output is not up to date
    #[arg(long, help_heading = RUN)]
    pub(crate) check: bool,

    /// Write again whenever the document, or anything else that is read, is saved; ends on Ctrl-C
    #[arg(long, help_heading = RUN, conflicts_with = "check")]
    pub(crate) watch: bool,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) input: Input,

    /// The stage to look at
    #[arg(long, help_heading = LOOK)]
    pub(crate) stage: Stage,

    /// Show only the component, operation or type of this name
    #[arg(long, help_heading = LOOK, value_name = "NAME")]
    pub(crate) only: Option<String>,

    /// Look only at this operation and what it needs; may be repeated
    #[arg(help_heading = LOOK, long = "operation", value_name = "ID")]
    pub(crate) operations: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people, with the line of the document
    Human,
    /// For programs, one object a line on stdout
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Whatever the output is
    Always,
    /// Not at all
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Stage {
    /// The tree reduced to the chosen operations; 3.1 and Swagger 2.0 in the words of 3.0
    Source,
    /// The document as OpenAPI 3.0
    Document,
    /// Schemas and operations with references resolved
    Ir,
    /// Every minted name
    Names,
    /// The Rust about to be printed
    Model,
}

impl Stage {
    /// Whether what it knows is shown as JSON.
    pub(crate) fn is_json(self) -> bool {
        match self {
            Self::Source | Self::Document => true,
            Self::Ir | Self::Names | Self::Model => false,
        }
    }
}

impl From<Stage> for specwright::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Source => Self::Source,
            Stage::Document => Self::Document,
            Stage::Ir => Self::Ir,
            Stage::Names => Self::Names,
            Stage::Model => Self::Model,
        }
    }
}

#[cfg(test)]
mod tests;
