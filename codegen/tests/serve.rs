//! The server that `specwright serve` is, over real connections.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};

use common::started;
use serde_json::{Value, json};

const MISSION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/atlas-snapshots.yaml");
const SNAPSHOTS: &str =
    "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/clusters/Cluster0/backup/snapshots";
const VENDOR: &str = "application/vnd.atlas.2023-01-01+json";

/// A running server; ends with the test.
struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    address: String,
}

impl Server {
    fn start(spec: &Path, args: &[&str]) -> Self {
        Self::with(&[&["--spec", spec.to_str().unwrap()], args].concat())
    }

    fn with(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.args(["serve", "--port", "0"]).args(args);
        let (child, url) = started(&mut command);
        let address = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let address = address.to_owned();
        Self { child, address }
    }

    fn mission(args: &[&str]) -> Self {
        Self::start(Path::new(MISSION), args)
    }

    /// Sends bytes as they are; the status, the head and the body that came back.
    fn raw(&self, request: &[u8]) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A server that has seen enough may close before it has everything.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        (status, head.to_ascii_lowercase(), answer.split_off((end + 4).min(answer.len())))
    }

    fn send(&self, line: &str, headers: &[&str], body: &[u8]) -> (u16, String, Vec<u8>) {
        let mut request = format!("{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        request.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        self.raw(&[request.as_bytes(), body].concat())
    }

    /// The operation of the mission, logged in, with this body.
    fn snapshot(&self, body: &[u8]) -> (u16, Value) {
        let kind = format!("content-type: {VENDOR}");
        let (status, _, body) = self.send(
            &format!("POST {SNAPSHOTS}"),
            &["authorization: Bearer test-token", &kind],
            body,
        );
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_sound_request_gets_the_examples() {
    let server = Server::mission(&[]);
    let (status, snapshot) = server.snapshot(br#"{"retentionInDays": 7}"#);
    assert_eq!(status, 200);
    assert_eq!(snapshot["id"], "6742a1b0c9d8e7f605142332");
    assert_eq!(snapshot["status"], "queued");
    assert_eq!(server.snapshot(br#"{"retentionInDays": 7}"#).1, snapshot, "always the same");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let server = Server::mission(&[]);
    let login = "authorization: Bearer test-token";
    let kind = format!("content-type: {VENDOR}");
    let post = format!("POST {SNAPSHOTS}");
    let bad_id = post.replace("32b6e34b3d91647abb20e7b8", "nope");
    let check = |line: &str, headers: &[&str], body: &str, expected: (u16, &str, &str)| {
        let (status, head, answer) = server.send(line, headers, body.as_bytes());
        let problem: Value = serde_json::from_slice(&answer).unwrap();
        assert!(head.contains("application/problem+json"), "{head}");
        assert_eq!(problem["status"], status);
        let first = &problem["violations"][0];
        let text = |key: &str| first[key].as_str().unwrap_or_default().to_owned();
        let told = (status, text("in"), text("at"));
        assert_eq!((told.0, told.1.as_str(), told.2.as_str()), expected, "{problem}");
        problem
    };
    check("GET /nowhere", &[], "", (404, "path", "/nowhere"));
    check(&format!("DELETE {SNAPSHOTS}"), &[login], "", (405, "method", "DELETE"));
    check(&post, &[&kind], "{}", (401, "header", "ServiceAccounts"));
    check(&post, &["authorization: Bearer other", &kind], "{}", (401, "header", "ServiceAccounts"));
    check(&bad_id, &[login, &kind], "{}", (400, "path", "groupId"));
    let pretty = format!("{post}?pretty=maybe");
    check(&pretty, &[login, &kind], "{}", (400, "query", "pretty"));
    check(&post, &[login, "content-type: text/plain"], "{}", (415, "header", "content-type"));
    check(&post, &[login], "", (400, "body", ""));
    check(&post, &[login, &kind, "accept: text/html"], "{}", (406, "header", "accept"));
    check(&post, &[login, &kind], "[", (400, "body", ""));
    let problem = check(
        &post,
        &[login, &kind],
        r#"{"retentionInDays": 0}"#,
        (400, "body", "/retentionInDays"),
    );
    let rule = &problem["violations"][0];
    let minimum = "#/components/schemas/TakeSnapshotRequest/properties/retentionInDays/minimum";
    assert_eq!(rule["rule"], minimum);
    assert!(rule["source"].as_str().unwrap().contains("atlas-snapshots.yaml:"), "{rule}");
}

#[test]
fn a_failure_that_was_asked_for_comes_and_goes() {
    let server = Server::mission(&["--fail", "429:1,500"]);
    let failed = |headers: &[&str]| {
        let (status, head, _) = server.send(&format!("POST {SNAPSHOTS}"), headers, b"");
        (status, head.contains("retry-after: 1"))
    };
    assert_eq!(failed(&[]), (429, true));
    assert_eq!(failed(&["x-specwright-fail: 503"]), (503, true));
    assert_eq!(failed(&["x-specwright-fail: 5O3"]).0, 400);
    assert_eq!(failed(&[]), (500, false));
    assert_eq!(server.snapshot(b"{}").0, 200);
}

#[test]
fn tokens_are_for_who_has_the_test_credentials() {
    let server = Server::mission(&[]);
    let ask = |body: &str| {
        let kind = "content-type: application/x-www-form-urlencoded";
        let (status, _, answer) = server.send("POST /api/oauth/token", &[kind], body.as_bytes());
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        (status, answer)
    };
    let (status, answer) =
        ask("grant_type=client_credentials&client_id=test-user&client_secret=test-secret");
    assert_eq!((status, &answer["access_token"]), (200, &json!("test-token")));
    let (status, answer) = ask("grant_type=client_credentials&client_id=a&client_secret=b");
    assert_eq!((status, &answer["error"]), (401, &json!("invalid_client")));
    assert_eq!(ask("grant_type=password").0, 400);
}

/// None of it ends the server, and none of it fills the memory.
#[test]
fn hostile_requests_are_refused() {
    let server = Server::mission(&[]);
    assert_eq!(server.snapshot(b"\"\xff\xfe\"").0, 400, "not UTF-8");
    assert_eq!(server.snapshot("[".repeat(1 << 20).as_bytes()).0, 400, "deep JSON");
    assert_eq!(server.snapshot(r#"{"a":"#.repeat(1 << 18).as_bytes()).0, 400, "deep objects");
    let wide = format!("{{{}\"z\":1}}", r#""a":1,"#.repeat(1 << 19));
    assert_eq!(server.snapshot(wide.as_bytes()).0, 200, "many keys, which are allowed");
    let head = format!(
        "POST {SNAPSHOTS} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 17179869184\r\n\r\n"
    );
    // Who is still writing may not see the answer.
    assert!([0, 413].contains(&server.raw(&[head.as_bytes(), &vec![b' '; 20 << 20]].concat()).0));
    let head = format!(
        "POST {SNAPSHOTS} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer test-token\r\n\
         content-type: {VENDOR}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunked = |body: &str| server.raw(format!("{head}{body}").as_bytes());
    let (status, head, problem) = chunked("zz\r\n{}\r\n0\r\n\r\n");
    assert_eq!(status, 400, "a length that is no number");
    assert!(head.contains("connection: close") && head.contains("application/problem+json"));
    let problem: Value = serde_json::from_slice(&problem).unwrap();
    assert_eq!(problem["violations"][0]["in"], "body");
    assert!(server.raw(b"\0\xff\r\n\r\n").0 < 500, "no HTTP");
    for path in ["/%zz", "/%00", "/%ff%fe/../..", "//", "/a?%zz=%ff&&&=", "/?=[]"] {
        assert_eq!(server.send(&format!("GET {path}"), &[], b"").0, 404, "{path}");
    }
    let digest = "authorization: Digest username=\"test-user\", nonce=\"\", response=";
    assert_eq!(server.send(&format!("POST {SNAPSHOTS}"), &[digest], b"").0, 401);
    assert_eq!(server.snapshot(b"{}").0, 200, "still there");
    if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())) {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kib < 400 << 10, "{kib} KiB");
    }
}

#[test]
fn a_document_without_examples_is_answered_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api.yaml");
    std::fs::write(&spec, common::SOUND).unwrap();
    let server = Server::start(&spec, &[]);
    let (status, _, body) = server.send("GET /ping", &["accept: application/json"], b"");
    assert_eq!(status, 200);
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), json!({"count": 1}));
}

#[test]
fn an_overlay_or_a_configuration_changes_what_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let spec = put("api.yaml", common::SOUND);
    let overlay = put(
        "overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n  - {target: \"$.paths['/ping']\", \
         update: {head: {responses: {'204': {description: Fine.}}}}}\n",
    );
    let config = put(
        "specwright.toml",
        "[[client]]\nspec = 'api.yaml'\nout = 'client'\noverlays = ['overlay.yaml']\n",
    );
    let head = |server: &Server| server.send("HEAD /ping", &[], b"").0;
    assert_eq!(head(&Server::start(Path::new(&spec), &[])), 405);
    assert_eq!(head(&Server::start(Path::new(&spec), &["--overlay", &overlay])), 204);
    assert_eq!(head(&Server::with(&["--config", &config])), 204);
}

#[test]
fn flags_say_how_many_pages_and_how_waits_end() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api.yaml");
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /jobs:\n    get:\n      \
                x-specwright-pagination: {style: link-header}\n      \
                responses: {'200': {description: x, content: {application/json: {schema: \
                {type: array, items: {type: integer}}}}}}\n  /job:\n    get:\n      \
                operationId: getJob\n      x-specwright-waiter: {expect: {match: \
                {path: $.status, values: [done, failed], failure: [failed]}}}\n      \
                responses: {'200': {description: x, content: {application/json: {schema: {type: object, \
                properties: {status: {type: string, enum: [queued, done, failed]}}}}}}}\n";
    std::fs::write(&spec, text).unwrap();
    let leads_on = |server: &Server, line: &str| {
        let (status, head, _) = server.send(line, &[], b"");
        assert_eq!(status, 200);
        head.contains("rel=\"next\"")
    };
    let state = |server: &Server| {
        let (_, _, body) = server.send("GET /job", &[], b"");
        serde_json::from_slice::<Value>(&body).unwrap()["status"].clone()
    };
    let server = Server::start(&spec, &[]);
    assert!(leads_on(&server, "GET /jobs") && !leads_on(&server, "GET /jobs?specwright-page=2"));
    assert_eq!([state(&server), state(&server)], ["queued", "done"]);
    let server = Server::start(&spec, &["--pages", "3", "--fail-waits", "--polls", "1"]);
    assert!(leads_on(&server, "GET /jobs?specwright-page=2"));
    assert!(!leads_on(&server, "GET /jobs?specwright-page=3"));
    assert_eq!(state(&server), "failed");
    let spec = spec.to_str().unwrap();
    let refused = common::run(folder.path(), &["serve", "--spec", spec, "--pages", "0"]);
    assert_eq!(refused.status, Some(2), "{}", refused.stderr);
}

#[test]
fn a_document_that_is_refused_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), "openapi: 4.0.0\n").unwrap();
    let run = common::run(folder.path(), &["serve", "--port", "0", "--spec", "api.yaml"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stdout.is_empty() && run.stderr.contains("unsupported-version"), "{}", run.stderr);
    let run = common::run(folder.path(), &["serve", "--spec", "api.yaml", "--fail", "200"]);
    assert_eq!(run.status, Some(2));
}

/// A page of a stranger may have its name lead to this machine.
#[test]
fn only_who_names_this_machine_is_answered() {
    let server = Server::mission(&[]);
    let ask = |host: &str| {
        let head = format!("GET /nowhere HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        server.raw(head.as_bytes()).0
    };
    assert_eq!(ask(&server.address), 404);
    assert_eq!(ask("[::1]:4010"), 404);
    for host in ["evil.example", "127.0.0.1:1.evil", "192.0.2.1"] {
        assert_eq!(ask(host), 421, "{host}");
    }
}

#[test]
fn a_form_of_parts_has_a_boundary() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api.yaml");
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /up:\n    post:\n      \
                requestBody: {content: {multipart/form-data: {schema: {type: object}}}}\n      \
                responses: {'204': {description: x}}\n";
    std::fs::write(&spec, text).unwrap();
    let server = Server::start(&spec, &[]);
    let ask = |kind: &str| server.send("POST /up", &[&format!("content-type: {kind}")], b"--a--").0;
    assert_eq!(ask("multipart/form-data; boundary=a"), 204);
    for kind in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
    ] {
        assert_eq!(ask(kind), 400, "{kind}");
    }
}
