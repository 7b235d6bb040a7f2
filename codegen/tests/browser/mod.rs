//! A browser without a window: Chromium, told what to do in its own protocol, one JSON object and a zero
//! byte at a time, through a pipe.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// What the programs are called.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A page in a browser; both end with the test.
pub(crate) struct Browser {
    child: Child,
    write: ChildStdin,
    read: BufReader<ChildStdout>,
    next: u64,
    session: Option<String>,
    complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a page. Where there is no browser the test says so and has nothing to do, unless
    /// `SPECWRIGHT_BROWSER` asks for one.
    pub(crate) fn open(url: &str) -> Option<Self> {
        let Some(name) = NAMES.into_iter().find(|name| is_there(name)) else {
            let is_asked_for = std::env::var_os("SPECWRIGHT_BROWSER").is_some();
            assert!(!is_asked_for, "there is no browser: {}", NAMES.join(", "));
            eprintln!("skipped: there is no browser ({})", NAMES.join(", "));
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let data = format!("--user-data-dir={}", profile.path().display());
        // The protocol is spoken on the descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1", name, "--headless", "--no-sandbox"])
            .args(["--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"])
            .args([data.as_str(), "about:blank"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (write, read) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (read, next, session, complaints) = (BufReader::new(read), 0, None, Vec::new());
        let mut browser = Self { child, write, read, next, session, complaints, _profile: profile };
        let targets = browser.command("Target.getTargets", &json!({}));
        let targets = targets["targetInfos"].as_array().unwrap().iter();
        let page = targets.clone().find(|target| target["type"] == "page").unwrap();
        let attach = json!({"targetId": page["targetId"], "flatten": true});
        let attached = browser.command("Target.attachToTarget", &attach);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Accessibility"] {
            browser.command(&format!("{domain}.enable"), &json!({}));
        }
        browser.command("Page.navigate", &json!({"url": url}));
        Some(browser)
    }

    /// What an expression of JavaScript is worth in the page.
    pub(crate) fn ask(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.command("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer:#}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true. Who waits for what never comes is ended by the runner.
    pub(crate) fn until(&mut self, expression: &str) {
        let wait = format!(
            "new Promise((done) => {{ const look = () => ({expression}) ? done(true) : setTimeout(look, 5); look(); }})"
        );
        assert_eq!(self.ask(&wait), true, "{expression}");
    }

    /// Presses a key; `text` is what it writes, or sets off.
    pub(crate) fn press(&mut self, key: &str, text: Option<&str>) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            _ => 0,
        };
        let mut down = json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code});
        if let Some(text) = text {
            down["text"] = json!(text);
        }
        self.command("Input.dispatchKeyEvent", &down);
        self.command("Input.dispatchKeyEvent", &json!({"type": "keyUp", "key": key}));
    }

    /// Writes where the focus is.
    pub(crate) fn write(&mut self, text: &str) {
        self.command("Input.insertText", &json!({"text": text}));
    }

    /// Role and name of everything that is told to whoever does not see the page.
    pub(crate) fn told(&mut self) -> Vec<String> {
        let tree = self.command("Accessibility.getFullAXTree", &json!({}));
        let text = |node: &Value, key: &str| {
            let text = node[key]["value"].as_str().unwrap_or_default();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let nodes = tree["nodes"].as_array().unwrap().iter();
        nodes.map(|node| format!("{} {}", text(node, "role"), text(node, "name"))).collect()
    }

    /// What the page has run into by itself: errors of its script, and what the policy kept it from.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.complaints.clone()
    }

    fn command(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let mut command = json!({"id": self.next, "method": method, "params": params});
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        self.write.write_all(format!("{command}\0").as_bytes()).unwrap();
        loop {
            let mut bytes = Vec::new();
            self.read.read_until(0, &mut bytes).unwrap();
            assert_eq!(bytes.pop(), Some(0), "the browser has ended");
            let mut message: Value = serde_json::from_slice(&bytes).unwrap();
            if message["id"] == self.next {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            let is_complaint = ["Runtime.exceptionThrown", "Log.entryAdded"]
                .contains(&message["method"].as_str().unwrap_or_default());
            if is_complaint {
                self.complaints.push(message["params"].to_string());
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_there(name: &str) -> bool {
    let mut run = Command::new(name);
    run.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    run.status().is_ok_and(|status| status.success())
}
