//! The answer to a digest challenge, read and computed without the runtime's help (RFC 7616,
//! sections 3.4.1 to 3.4.3; RFC 2069 where there is no `qop`).

use md5::{Digest, Md5};
use sha2::{Sha256, Sha512_256};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Algorithm {
    Md5,
    Sha256,
    Sha512Trunc256,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
            Self::Sha512Trunc256 => "SHA-512-256",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(&Sha256::digest(text)),
            Self::Sha512Trunc256 => hex(&Sha512_256::digest(text)),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The parameters of an `Authorization: Digest`.
#[derive(Debug)]
pub(crate) struct Answer {
    parameters: Vec<(String, String)>,
}

impl Answer {
    pub(crate) fn read(header: &str) -> Self {
        let mut rest = header.strip_prefix("Digest ").unwrap();
        let mut parameters = Vec::new();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('=').unwrap();
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => {
                    let (value, after) = quoted.split_once('"').unwrap();
                    // No value of these tests needs an escape.
                    assert!(!value.contains('\\'), "{header}");
                    (value, after)
                }
                None => after.split_at(after.find(',').unwrap_or(after.len())),
            };
            parameters.push((name.trim().to_owned(), value.trim().to_owned()));
            rest = after.trim_start_matches([',', ' ']);
        }
        let answer = Self { parameters };
        answer.assert_distinct();
        answer
    }

    fn assert_distinct(&self) {
        for (index, (name, _)) in self.parameters.iter().enumerate() {
            assert!(
                !self.parameters[..index].iter().any(|(earlier, _)| earlier == name),
                "{self:?}"
            );
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(found, _)| found == name).map(|(_, value)| &**value)
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }

    /// The right `response` for these parameters.
    pub(crate) fn expected(&self, algorithm: Algorithm, password: &str, method: &str) -> String {
        let named = self.find("algorithm").unwrap_or("MD5");
        assert_eq!(named, algorithm.name(), "{self:?}");
        let (username, realm) = (self.get("username"), self.get("realm"));
        let who = algorithm.hash(&format!("{username}:{realm}:{password}"));
        let what = algorithm.hash(&format!("{method}:{}", self.get("uri")));
        let between = match self.find("qop") {
            Some(qop) => {
                format!("{}:{}:{}:{qop}", self.get("nonce"), self.get("nc"), self.get("cnonce"))
            }
            None => self.get("nonce").to_owned(),
        };
        algorithm.hash(&format!("{who}:{between}:{what}"))
    }
}

#[test]
fn the_examples_of_rfc_7616_section_3_9_1() {
    for (algorithm, response) in [
        (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (Algorithm::Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ] {
        let header = format!(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", \
             uri=\"/dir/index.html\", algorithm={}, \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, \
             cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth",
            algorithm.name()
        );
        assert_eq!(Answer::read(&header).expected(algorithm, "Circle of Life", "GET"), response);
    }
}
