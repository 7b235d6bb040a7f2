//! `generated/` is what this code makes of `spec/`, on any machine and every time.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::path::Path;
use std::process::Command;

use specwright::config::{ClientConfig, Config};
use specwright::source::Disk;
use specwright::{Generated, Manifest, Options, output};
use specwright_tests::documents::{Document, cases, workspace};

/// Where a child process of the locale test leaves its output.
const CHILD: &str = "SPECWRIGHT_TEST_OUTPUT";

/// The committed client, as the root's configuration describes it.
fn client() -> ClientConfig {
    let path = workspace().join("specwright.toml");
    let text = std::fs::read_to_string(&path).expect("the root has a configuration");
    Config::parse(&text, &path).expect("it is one").clients.remove(0)
}

fn generate(client: &ClientConfig) -> Generated {
    specwright::generate(&Options::from(client), &Disk)
        .unwrap_or_else(|refused| panic!("{refused}"))
}

#[test]
fn what_is_committed_is_what_the_document_gives() {
    let client = client();
    let runtime = client.runtime_path.as_ref().expect("the runtime is in this workspace");
    let runtime = output::relative_path(&client.out, runtime).expect("both are on one disk");
    let generated = generate(&client);
    let manifest = Manifest {
        name: client.crate_name.as_deref().expect("the crate has a name"),
        runtime_path: Some(&runtime),
        runtime_features: &generated.runtime_features,
        features: &generated.features,
        own_workspace: output::needs_own_workspace(&client.out),
    };
    let plan = output::plan_crate(&generated.files, &manifest, &client.out)
        .unwrap_or_else(|refused| panic!("{refused}"));
    let stale: Vec<String> = plan
        .writes
        .iter()
        .map(|change| &change.path)
        .chain(&plan.removals)
        .map(|path| format!("  {}\n", path.display()))
        .collect();
    assert!(stale.is_empty(), "not what `cargo run` makes:\n{}run it, and commit", stale.concat());
}

/// Every byte that the cases give, with what each byte belongs to.
fn everything() -> String {
    let part = |case: &Document| {
        let generated = case.as_crate();
        let files = generated.files.iter().chain([&case.as_module()]).cloned().collect::<Vec<_>>();
        let files: Vec<String> = files
            .iter()
            .map(|file| format!("== {} {}\n{}", case.name, file.path, file.text))
            .collect();
        format!("{}{}\n", files.concat(), generated.warnings)
    };
    cases().iter().map(part).collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert!(everything() == everything());
}

#[test]
fn another_folder_gives_the_same_bytes() {
    let client = client();
    let elsewhere = tempfile::tempdir().expect("there is room");
    let spec = elsewhere.path().join(client.spec.file_name().expect("the document is a file"));
    std::fs::copy(&client.spec, &spec).expect("the document can be copied");
    let moved = ClientConfig { spec, ..client.clone() };
    assert!(generate(&client).files == generate(&moved).files);
}

#[test]
fn another_locale_gives_the_same_bytes() {
    let here = everything();
    let folder = tempfile::tempdir().expect("there is room");
    // Turkish is where lower and upper case go other ways.
    for locale in ["C", "tr_TR.UTF-8"] {
        let path = folder.path().join(locale);
        let status = Command::new(std::env::current_exe().expect("this is a process"))
            .args(["--exact", "leave_the_output_for_the_parent"])
            .env(CHILD, &path)
            .env("LANG", locale)
            .env("LC_ALL", locale)
            .env("TZ", "Asia/Kathmandu")
            .current_dir(folder.path())
            .status()
            .expect("this test can be started again");
        assert!(status.success());
        let there = std::fs::read_to_string(Path::new(&path)).expect("the child left its output");
        assert!(here == there, "{locale}");
    }
}

/// The other half of the test above; alone it has nothing to do.
#[test]
fn leave_the_output_for_the_parent() {
    if let Some(path) = std::env::var_os(CHILD) {
        std::fs::write(path, everything()).expect("the parent made the folder");
    }
}
