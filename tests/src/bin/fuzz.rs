//! Feeds the generator documents that nobody wrote, until the time is over:
//!
//! ```sh
//! cargo run --release -p specwright-tests --bin fuzz -- --minutes 10 [--names] [--seed N] [--from N] [--keep FOLDER] [FOLDER…]
//! ```
//!
//! The seeds are `tests/cases`, `tests/bad` and the documents of up to 16 kB in the folders. `--names` stops
//! once every name is minted, which is several times as quick; else every document that can be
//! generated is, and `--keep` puts each of these into a folder, for what only a compiler sees
//! (`cargo xtask corpus FOLDER --compile`). `--runs N` ends after so many documents. A panic, and a run of more than 5 seconds, is
//! shown with the document that does it, kept in `target/fuzz`. What ends the process, such as a stack that
//! overflows, cannot be caught: the number that was printed last and `--from` find it again.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool prints, and fails as tests do"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::Value;
use specwright::source::Memory;
use specwright::{GroupBy, Options, Stage};
use specwright_tests::documents::workspace;
use specwright_tests::mutate::{Text, mutate};

const LARGEST: u64 = 16 * 1024;
const LONGEST: Duration = Duration::from_secs(5);

struct Wish {
    time: Duration,
    runs: u64,
    names: bool,
    seed: u64,
    from: u64,
    /// Where the documents go that are generated.
    keep: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let wish = match wish() {
        Ok(wish) => wish,
        Err(said) => {
            println!("{said}");
            return ExitCode::from(2);
        }
    };
    let documents = documents(&wish.folders);
    println!("{} documents, seed {}", documents.len(), wish.seed);
    let done = if wish.names { "named" } else { "generated" };
    // The panics that are found are shown by name, not by backtrace.
    std::panic::set_hook(Box::new(|_| {}));
    let (began, mut at, mut generated, mut found) = (Instant::now(), wish.from, 0_u64, 0_u64);
    while began.elapsed() < wish.time && at - wish.from < wish.runs {
        if at.is_multiple_of(10_000) {
            println!("{at}: {generated} {done}, {found} found, {:?}", began.elapsed());
        }
        let mut random =
            fastrand::Rng::with_seed(wish.seed.wrapping_mul(0x9E37_79B9).wrapping_add(at));
        let mut document = documents[random.usize(..documents.len())].clone();
        mutate(&mut document, &mut random);
        let text = Text::of(&document, &mut random);
        match run(&text, wish.names, &mut random) {
            Ok(true) => {
                generated += 1;
                if let Some(folder) = &wish.keep {
                    keep(folder, &format!("{}-{at}", wish.seed), &text);
                }
            }
            Ok(false) => {}
            Err(what) => {
                found += 1;
                let path = keep(&workspace().join("target/fuzz"), &at.to_string(), &text);
                println!("{at}: {what}: {}", path.display());
            }
        }
        at += 1;
    }
    let (runs, seconds) = (at - wish.from, began.elapsed().as_secs());
    println!("{runs} documents in {seconds} s, {generated} of them {done}, {found} found");
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn wish() -> Result<Wish, String> {
    let mut wish = Wish {
        time: Duration::from_secs(60),
        runs: u64::MAX,
        names: false,
        seed: 1,
        from: 0,
        keep: None,
        folders: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--keep" {
            wish.keep = Some(arguments.next().ok_or("--keep takes a folder")?.into());
            continue;
        }
        let mut number = || {
            let value = arguments.next().and_then(|value| value.parse::<u64>().ok());
            value.ok_or_else(|| format!("{argument} takes a number"))
        };
        match argument.as_str() {
            "--minutes" => wish.time = Duration::from_secs(60 * number()?),
            "--runs" => (wish.time, wish.runs) = (Duration::MAX, number()?),
            "--names" => wish.names = true,
            "--seed" => wish.seed = number()?,
            "--from" => wish.from = number()?,
            flag if flag.starts_with('-') => return Err(format!("there is no {flag}")),
            folder => wish.folders.push(folder.into()),
        }
    }
    Ok(wish)
}

/// Whether it became a client, or got names; what went wrong, if the generator did.
fn run(text: &Text, names: bool, random: &mut fastrand::Rng) -> Result<bool, String> {
    let path = text.name("fuzz");
    let files = Memory::default().with(&path, text.content.clone());
    let options = Options {
        spec: path.into(),
        group_by: if random.bool() { GroupBy::Tag } else { GroupBy::Nothing },
        checked: specwright::config::Which::Flag(random.bool()),
        module_only: random.bool(),
        both_directions: random.bool(),
        only_declared_pages: random.bool(),
        ..Options::default()
    };
    let began = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| match names {
        true => specwright::inspect(&options, Stage::Names, None, &files).map(drop),
        false => specwright::generate(&options, &files).map(drop),
    }));
    if began.elapsed() > LONGEST {
        return Err(format!("took {:?}", began.elapsed()));
    }
    match result {
        Ok(Ok(())) => Ok(true),
        Ok(Err(refused)) => match refused.iter().find(|one| one.code.as_str() == "internal") {
            Some(bug) => Err(format!("says it is wrong: {}", bug.message)),
            None => Ok(false),
        },
        Err(payload) => {
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            Err(format!("panics: {}", text.unwrap_or("without a word")))
        }
    }
}

fn keep(folder: &Path, name: &str, text: &Text) -> PathBuf {
    let path = folder.join(text.name(name));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, &text.content))
        .expect("the folder can be written");
    path
}

fn documents(folders: &[PathBuf]) -> Vec<Value> {
    let mut files = Vec::new();
    for folder in ["tests/cases", "tests/bad"] {
        gather(&workspace().join(folder), &mut files);
    }
    for folder in folders {
        gather(folder, &mut files);
    }
    files.sort();
    files.iter().filter_map(|file| read(file)).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let small = entry.metadata().is_ok_and(|about| about.len() <= LARGEST);
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            gather(&path, files);
        } else if small && matches!(kind, Some("json" | "yaml" | "yml")) {
            files.push(path);
        }
    }
}

/// A document that can be read as it is, as a tree.
fn read(file: &Path) -> Option<Value> {
    let value: Value = serde_yaml::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
    (value.get("openapi").is_some() || value.get("swagger").is_some()).then_some(value)
}
