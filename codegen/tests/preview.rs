//! The page that `specwright preview` shows: over real connections, and in a browser where there is one.
//!
//! Chromium is driven over its own protocol through a pipe, so that keys are pressed and not pretended
//! to be.

#![cfg(all(feature = "preview", unix))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod browser;
mod common;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};

use browser::Browser;
use common::{SOUND, folder, run, started};

/// A running preview; ends with the test.
struct Page {
    child: Child,
    url: String,
}

impl Page {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.arg("preview").args(args).current_dir(folder);
        let (child, url) = started(command.env("BROWSER", folder.join("browser")));
        Self { child, url }
    }

    /// The whole answer to a request for a path under a name.
    fn get(&self, path: &str, host: &str) -> String {
        let address = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_is_saved_is_shown_when_the_page_is_loaded_again() {
    let folder = folder(SOUND);
    let config = "[[client]]\nspec = \"api.yaml\"\nout = \"client\"\n";
    std::fs::write(folder.path().join("specwright.toml"), config).unwrap();
    let page = Page::start(folder.path(), &[]);
    assert!(page.get("/", "localhost").contains("<title>specwright preview</title>"));
    assert!(page.get("/api/document", "localhost").contains("client.ping"));
    assert!(page.get("/api/document", "evil.example").starts_with("HTTP/1.1 421 "));
    // Of the configuration, too.
    let renamed = format!("{config}[client.rename]\n\"/paths/~1ping/get\" = \"look\"\n");
    std::fs::write(folder.path().join("specwright.toml"), renamed).unwrap();
    assert!(page.get("/api/document", "localhost").contains("client.look"));
    // An operation is that of the list that was read, until the list is read again.
    std::fs::write(folder.path().join("api.yaml"), SOUND.replace("/ping", "/pong")).unwrap();
    let operation = "/api/operation?method=get&path=/ping";
    assert!(page.get(operation, "localhost").contains("pub fn look"));
    page.get("/api/document", "localhost");
    assert!(page.get(operation, "localhost").starts_with("HTTP/1.1 404 "));
    std::fs::write(folder.path().join("api.yaml"), "openapi: [").unwrap();
    assert!(page.get("/api/document", "localhost").contains(r#""refused":true"#));
}

#[test]
fn a_choice_of_operations_is_a_choice_of_what_is_shown() {
    let folder = folder(&SOUND.replace(
        "paths:\n",
        "paths:\n  /other: {get: {operationId: other, responses: {'204': {description: Done.}}}}\n",
    ));
    let page = Page::start(folder.path(), &["--spec", "api.yaml", "--operation", "other"]);
    let list = page.get("/api/document", "localhost");
    assert!(list.contains("client.other") && !list.contains("client.ping"), "{list}");
}

#[test]
fn a_browser_is_opened_only_when_asked_for() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(SOUND);
    let browser = folder.path().join("browser");
    std::fs::write(
        &browser,
        "#!/bin/sh\necho \"$1\" >\"$0.part\" && mv \"$0.part\" \"$0.asked\"\n",
    )
    .unwrap();
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let asked = folder.path().join("browser.asked");
    let page = Page::start(folder.path(), &["--spec", "api.yaml"]);
    page.get("/", "localhost");
    assert!(!asked.exists());
    drop(page);
    let page = Page::start(folder.path(), &["--spec", "api.yaml", "--open"]);
    page.get("/", "localhost");
    while !asked.exists() {
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(asked).unwrap().trim(), page.url);
}

#[test]
fn what_cannot_be_chosen_from_is_refused() {
    let folder = folder(SOUND);
    let two = "[[client]]\nspec = \"api.yaml\"\nout = \"a\"\n[[client]]\nspec = \"api.yaml\"\nout = \"b\"\n";
    std::fs::write(folder.path().join("specwright.toml"), two).unwrap();
    let several = run(folder.path(), &["preview"]);
    assert!(several.status == Some(2) && several.stderr.contains("several clients"));
    let absent = run(folder.path(), &["preview", "--spec", "absent.yaml"]);
    assert!(absent.status == Some(2) && absent.stderr.contains("absent.yaml"), "{}", absent.stderr);
}

/// A document with a problem, and one whose every text wants to be more than text.
const HOSTILE: &str = r#"
openapi: 3.0.3
info: {title: "<img src=x onerror=boom()>", version: "</title><script>boom()</script>"}
paths:
  /a<b>"'&: {get: {operationId: first, summary: "<b>bold</b> \u202Edlob", tags: ["<i>"], responses: {'204': {description: "*/ <script>boom()</script>"}}}}
  /second/{id}:
    get:
      operationId: secondOne
      parameters: [{name: id, in: path, required: true, schema: {type: string}, "</p><img src=x onerror=boom()>": 1}]
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
  /third: {post: {operationId: third, responses: {'204': {description: Done.}}}}
components:
  schemas:
    Thing: {type: object, description: "<svg onload=boom()>", properties: {colour: {type: string, enum: ["<u>", "\"; boom(); \""]}}}
"#;

#[test]
fn words_of_a_document_stay_words() {
    let folder = folder(HOSTILE);
    let page = Page::start(folder.path(), &["--spec", "api.yaml"]);
    let Some(mut browser) = Browser::open(&page.url) else { return };
    browser.until("document.querySelectorAll('#operations li').length === 3");
    browser.until("document.querySelector('main pre') !== null");
    assert_eq!(
        browser.ask("document.querySelector('h1').textContent"),
        "<img src=x onerror=boom()>"
    );
    for at in ["get /second/{id}", "get /a<b>\"'&", "post /third"] {
        let anchor = at.replacen("get", "GET", 1).replacen("post", "POST", 1);
        browser.ask(&format!("location.hash = encodeURIComponent({})", serde_json::json!(anchor)));
        let path = at.split_once(' ').unwrap().1;
        browser.until(&format!(
            "document.querySelector('h2 .path')?.textContent === {}",
            serde_json::json!(path)
        ));
        browser.ask("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        let turned =
            browser.ask("document.querySelector('main').textContent.includes('\\\\u{202e}')");
        assert_eq!(turned, path.starts_with("/a"), "{path}");
    }
    let strange =
        "document.querySelectorAll('img, svg, b, i, u, iframe, style, body script').length";
    assert_eq!(browser.ask(strange), 0);
    assert_eq!(browser.ask("document.querySelectorAll('script').length"), 1);
    assert_eq!(browser.complaints(), Vec::<String>::new());
    // Even where a script wanted to, the policy would not let it.
    let wanted = "(() => { try { document.body.innerHTML = '<b>'; return 'let'; } catch (error) { return error.name; } })()";
    assert_eq!(browser.ask(wanted), "TypeError");
}

#[test]
fn everything_can_be_done_by_keys() {
    let folder = folder(HOSTILE);
    let page = Page::start(folder.path(), &["--spec", "api.yaml"]);
    let Some(mut browser) = Browser::open(&page.url) else { return };
    let shown = |path: &str| {
        format!("document.querySelector('h2 .path')?.textContent === {}", serde_json::json!(path))
    };
    browser.until(&shown("/a<b>\"'&"));
    let focus = "document.activeElement.id";
    // The first thing that Tab reaches leads past the list.
    browser.press("Tab", None);
    assert_eq!(browser.ask(focus), "skip");
    assert_eq!(browser.ask("document.activeElement.getBoundingClientRect().left"), 0);
    browser.press("Enter", Some("\r"));
    assert_eq!(browser.ask(focus), "rust");
    browser.press("Escape", None);
    assert_eq!(browser.ask(focus), "operations");
    assert_eq!(browser.ask("document.activeElement.matches(':focus-visible')"), true);
    browser.press("ArrowDown", None);
    browser.until(&shown("/second/{id}"));
    let active =
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    assert_eq!(browser.ask(&format!("{active}.getAttribute('aria-selected')")), "true");
    browser.press("End", None);
    browser.until(&shown("/third"));
    browser.press("/", Some("/"));
    assert_eq!(browser.ask(focus), "search");
    browser.write("SECOND get");
    browser.until("document.getElementById('count').textContent === '1 of 3 operations'");
    browser.press("ArrowDown", None);
    browser.until(&shown("/second/{id}"));
    browser.press("Enter", Some("\r"));
    assert_eq!(browser.ask(focus), "rust");
    // Its problem stands with it, and in the list of all.
    let problems = "[...document.querySelectorAll('main .problems .what')].map((one) => one.textContent).join()";
    assert!(browser.ask(problems).as_str().unwrap().starts_with("warning[unknown-key]"));
    browser.ask("location.hash = 'problems'");
    let link = "[...document.querySelectorAll('main a')].find((one) => one.textContent === 'GET /second/{id}')";
    browser.until(&format!("{link} !== undefined"));
    // Documentation is there for whoever wants it.
    browser.ask(&format!("{link}.click()"));
    browser.until(&shown("/second/{id}"));
    let docs = "getComputedStyle(document.querySelector('pre .d')).display";
    assert_eq!(browser.ask(docs), "none");
    browser.press("d", Some("d"));
    assert_eq!(browser.ask(docs), "inline");
}

/// What a reader of the screen is told.
#[test]
fn everything_has_a_role_and_a_name() {
    let folder = folder(HOSTILE);
    let page = Page::start(folder.path(), &["--spec", "api.yaml"]);
    let Some(mut browser) = Browser::open(&page.url) else { return };
    browser.until("document.querySelector('main details') !== null || document.querySelector('main pre') !== null");
    let tree = browser.told();
    for expected in [
        "heading <img src=x onerror=boom()>",
        "navigation Operations",
        "combobox Search operations",
        "listbox Operations",
        "option GET /a<b>\"'&, client.first, 1 warning",
        "heading GET /a<b>\"'&",
        "button Documentation",
        "region Method of client.first",
        "link Skip to the Rust",
    ] {
        assert!(tree.iter().any(|one| one == expected), "{expected:?} in {tree:#?}");
    }
}
