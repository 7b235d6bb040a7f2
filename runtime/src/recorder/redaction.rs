//! What of an exchange is a secret.

/// What a name has in it that means a secret, without case and punctuation.
const TELLING: [&str; 15] = [
    "accesskey",
    "apikey",
    "assertion",
    "authenticat",
    "authorization",
    "cookie",
    "credential",
    "nonce",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "signature",
    "token",
];

/// Names of parameters, which are too short to mean anything elsewhere.
const PARAMETERS: [&str; 6] = ["auth", "key", "pass", "pwd", "session", "sig"];

/// What a recording leaves out, beside what it leaves out by itself.
///
/// By itself it knows logins (headers and query parameters that a credential added, cookies,
/// challenges, requests for tokens and their answers), headers that the client was built with, and
/// headers, parameters and properties whose names tell, such as `clientSecret`. A value that was
/// removed once is removed wherever it comes again.
///
/// ```
/// use specwright_runtime::recorder::Redaction;
///
/// let redaction = Redaction::new().header("X-Internal").pointer("/users/*/email");
/// ```
#[derive(Clone, Default)]
pub struct Redaction {
    headers: Vec<String>,
    parameters: Vec<String>,
    pub(super) pointers: Vec<Vec<String>>,
    pub(super) values: Vec<String>,
}

impl Redaction {
    /// Nothing more.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves out the value of a header, of requests and answers.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>) -> Self {
        self.headers.push(name.into());
        self
    }

    /// Leaves out the value of a parameter, in queries and forms.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>) -> Self {
        self.parameters.push(name.into());
        self
    }

    /// Leaves out what a JSON pointer (RFC 6901) leads to in bodies, with all that is in it. `*`
    /// stands for every item or property.
    #[must_use]
    pub fn pointer(mut self, pointer: &str) -> Self {
        let steps = pointer.split('/').skip(1);
        self.pointers.push(steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect());
        self
    }

    /// Leaves out a value, wherever it stands.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(super) fn hides_header(&self, name: &str) -> bool {
        tells(name) || self.headers.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    pub(super) fn hides_parameter(&self, name: &str) -> bool {
        let is = |own: &str| own.eq_ignore_ascii_case(name);
        tells(name) || PARAMETERS.into_iter().any(is) || self.parameters.iter().any(|own| is(own))
    }
}

impl std::fmt::Debug for Redaction {
    /// Not the values: those are the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redaction")
            .field("headers", &self.headers)
            .field("parameters", &self.parameters)
            .field("pointers", &self.pointers)
            .field("values", &self.values.len())
            .finish()
    }
}

/// Whether a name says that its value is a secret.
pub(super) fn tells(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    TELLING.iter().any(|telling| name.contains(telling))
}
