//! The nonces a server has given us, and how often each was used.

use std::collections::VecDeque;
use std::time::Duration;

use http_auth::digest::Algorithm;
use http_auth::{DigestClient, PasswordParams};

use super::challenge::{Offer, Strength};
use crate::clock::Instant;

/// Enough for servers that give many calls at once a nonce each; old ones are forgotten.
const MAX_NONCES: usize = 64;
/// A nonce that nobody has used for this long was meant for a call that was dropped.
const FRESH: Duration = Duration::from_secs(5);

/// What one origin has offered so far.
///
/// Every nonce keeps its counter for as long as it is remembered, also when the server hands it out
/// again, as those do whose nonces are made from the time of day: `nc` never repeats.
#[derive(Default)]
pub(super) struct Nonces {
    known: VecDeque<Nonce>,
    strongest: Strength,
}

struct Nonce {
    client: DigestClient,
    has_empty_opaque: bool,
    obtained: Instant,
    /// The server gave it because the one before was stale.
    after_stale: bool,
    /// Used up, refused, or replaced by a newer one.
    spent: bool,
}

/// What we told the server in the answer it refused.
pub(super) struct Refused {
    pub(super) realm: String,
    pub(super) nonce: String,
    /// Absent in the style of RFC 2069.
    pub(super) count: Option<u32>,
}

impl Nonces {
    /// Whether `offer` is weaker than one made before, as it would be with somebody in between.
    pub(super) fn is_downgrade(&self, offer: &Offer) -> bool {
        offer.strength < self.strongest
    }

    /// Keeps the nonce of `offer` for the next answers, instead of those used so far.
    ///
    /// Fresh ones stay: calls that were challenged at the same time find a nonce each, as servers
    /// want it that accept a nonce only once.
    pub(super) fn keep(&mut self, offer: Offer, after_stale: bool) {
        self.strongest = self.strongest.max(offer.strength);
        self.known.iter_mut().for_each(|nonce| nonce.spent |= !nonce.is_fresh());
        let obtained = Instant::now();
        let Offer { client, has_empty_opaque, strength: _ } = offer;
        let fresh = Nonce { client, has_empty_opaque, obtained, after_stale, spent: false };
        let again = self.known.iter().position(|old| old.is_same(&fresh));
        let nonce = match again.and_then(|at| self.known.remove(at)) {
            Some(old) => Nonce { client: old.client, ..fresh },
            None => fresh,
        };
        self.known.push_back(nonce);
        if self.known.len() > MAX_NONCES {
            self.known.pop_front();
        }
    }

    /// The value of `Authorization` for a request, with the newest nonce that is still unused, or
    /// else the newest; `None` when there is none.
    ///
    /// A nonce that cannot be used (the server's text does not fit into a header, or the counter is
    /// at its end) is dropped. The nonce of a `-sess` algorithm serves once: its key is made from
    /// the `cnonce` of the first answer, which http-auth does not keep.
    pub(super) fn answer(&mut self, params: &PasswordParams<'_>) -> Option<String> {
        while let Some(at) = self.next() {
            let nonce = &mut self.known[at];
            nonce.spent = nonce.client.session();
            match nonce.client.respond(params) {
                Ok(answer) => return Some(nonce.complete(answer)),
                Err(_) => nonce.spent = true,
            }
        }
        None
    }

    fn next(&self) -> Option<usize> {
        let usable = |nonce: &Nonce| !nonce.spent;
        let fresh = |nonce: &Nonce| !nonce.spent && nonce.is_fresh();
        self.known.iter().rposition(fresh).or_else(|| self.known.iter().rposition(usable))
    }

    /// Whether the refused answer was the first one for its nonce.
    pub(super) fn was_first(&self, refused: &Refused) -> bool {
        match (refused.count, self.find(refused)) {
            (Some(count), _) => count <= 1,
            (None, Some(nonce)) => nonce.client.nonce_count() <= 1,
            (None, None) => true,
        }
    }

    /// Whether the refused nonce was itself given in place of a stale one.
    pub(super) fn was_after_stale(&self, refused: &Refused) -> bool {
        self.find(refused).is_some_and(|nonce| nonce.after_stale)
    }

    /// Never answers with the refused nonce again.
    pub(super) fn drop_refused(&mut self, refused: &Refused) {
        for nonce in &mut self.known {
            nonce.spent |= nonce.client.nonce() == refused.nonce;
        }
    }

    fn find(&self, refused: &Refused) -> Option<&Nonce> {
        self.known.iter().rev().find(|nonce| nonce.client.nonce() == refused.nonce)
    }
}

impl Nonce {
    fn is_fresh(&self) -> bool {
        self.client.nonce_count() == 0 && self.obtained.elapsed() < FRESH
    }

    fn is_same(&self, other: &Self) -> bool {
        let (a, b) = (&self.client, &other.client);
        a.nonce() == b.nonce()
            && a.realm() == b.realm()
            && a.opaque() == b.opaque()
            && self.has_empty_opaque == other.has_empty_opaque
            && a.algorithm() == b.algorithm()
            && a.session() == b.session()
            && a.rfc2069_compat() == b.rfc2069_compat()
    }

    /// The answer with what http-auth leaves out: an `opaque` without text and, in the style of RFC
    /// 2069, the algorithm, which then means MD5.
    fn complete(&self, mut answer: String) -> String {
        if self.has_empty_opaque {
            answer.push_str(", opaque=\"\"");
        }
        match self.client.algorithm() {
            Algorithm::Sha256 if self.client.rfc2069_compat() => {
                answer.push_str(", algorithm=SHA-256");
            }
            Algorithm::Sha512Trunc256 if self.client.rfc2069_compat() => {
                answer.push_str(", algorithm=SHA-512-256");
            }
            _ => {}
        }
        answer
    }
}
