//! From page to page. Nothing in it is generic, so it is compiled once, in this crate.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::task::{Context, Poll};

use serde_json::value::RawValue;
use url::Url;

use super::link::{self, Followed};
use super::part;
use crate::call::{Call, query};
use crate::codegen::{Operation, Paging, Step, Turn};
use crate::error::{Details, ErrorKind};
use crate::exchange::{self, Answer, Outcome};
use crate::transport::BoxFuture;

/// More pages than anybody reads. A server that never comes to an end has one here.
const MOST: u32 = 100_000;

/// Makes the call of one page after the other.
pub(super) struct Turner {
    state: State,
    /// The call of the page that comes, or of the one that came last.
    call: Call,
    /// The number of that page, or of its first item, where a parameter counts.
    position: i64,
    /// Where that page is, where links lead on.
    address: Option<Url>,
    /// What has been asked for already, where the server decides what comes next.
    seen: Seen,
    /// A digest of the items of the last page, where they alone say when to stop.
    last: Option<u64>,
    asked: u32,
}

enum State {
    Idle,
    Asking(BoxFuture<'static, Outcome>),
    /// The last page was good, and what it leads to is not.
    Broken(Box<Details>),
    Over,
}

/// Why there is no way to the next page although there is one.
type Dead = &'static str;

impl Turner {
    pub(super) fn new(call: Call) -> Self {
        let mut seen = Seen::default();
        let mut position = 0;
        match call.operation().paging().map(|paging| paging.turn) {
            Some(Turn::Number(parameter, first) | Turn::Offset(parameter, first)) => {
                let given = given(&call, parameter).and_then(|text| text.parse().ok());
                position = given.unwrap_or(first);
            }
            Some(Turn::Cursor(parameter)) => {
                given(&call, parameter).into_iter().for_each(|cursor| seen.add(&cursor));
            }
            Some(Turn::Link | Turn::Header) | None => {}
        }
        Self { state: State::Idle, call, position, address: None, seen, last: None, asked: 0 }
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.call.operation()
    }

    /// The outcome of the next page; `None` behind the last.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Outcome>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Poll::Ready(None),
                State::Broken(details) => return Poll::Ready(Some(Outcome::Failed(details))),
                State::Idle => self.state = State::Asking(exchange::start(self.call.clone())),
                State::Asking(mut asking) => {
                    let Poll::Ready(outcome) = asking.as_mut().poll(cx) else {
                        self.state = State::Asking(asking);
                        return Poll::Pending;
                    };
                    if let Outcome::Success(answer) = &outcome {
                        self.state = self.behind(answer);
                    }
                    return Poll::Ready(Some(outcome));
                }
            }
        }
    }

    /// Nothing comes behind what has come.
    pub(super) fn end(&mut self) {
        self.state = State::Over;
    }

    fn behind(&mut self, answer: &Answer) -> State {
        let Some(paging) = answer.operation.paging() else { return State::Over };
        self.asked += 1;
        let dead = match self.turn(paging, answer) {
            Ok(false) => return State::Over,
            Ok(true) if self.asked < MOST => return State::Idle,
            Ok(true) => "there are more pages than anybody reads",
            Err(dead) => dead,
        };
        let mut details = Details::new(ErrorKind::NextPage, Some(answer.operation)).because(dead);
        details.reached = true;
        State::Broken(details)
    }

    /// Makes the call that of the next page; false if this was the last one.
    fn turn(&mut self, paging: &Paging, answer: &Answer) -> Result<bool, Dead> {
        let find = |steps: &[Step]| part::find(&answer.bytes, steps);
        if paging.more.is_some_and(|steps| find(steps).is_none_or(|flag| flag.get() != "true")) {
            return Ok(false);
        }
        let count = || part::count(find(paging.items));
        let word = || paging.next.and_then(find).and_then(part::word);
        // Whoever counts needs to be told when to stop: by the page, or by one without items.
        let goes_on = || match paging.next {
            Some(steps) => find(steps).is_some_and(part::says_something),
            None => paging.more.is_some() || count() > 0,
        };
        let counts = matches!(paging.turn, Turn::Number(..) | Turn::Offset(..));
        if counts && paging.next.is_none() && paging.more.is_none() {
            self.differs(find(paging.items))?;
        }
        match paging.turn {
            Turn::Number(parameter, _) if goes_on() => self.count(parameter, 1),
            Turn::Offset(parameter, _) if goes_on() => self.count(parameter, count()),
            Turn::Number(..) | Turn::Offset(..) => Ok(false),
            Turn::Cursor(parameter) => match word() {
                Some(cursor) => self.pass_on(parameter, &cursor),
                None => Ok(false),
            },
            Turn::Link => match word() {
                Some(link) => self.follow(&link),
                None => Ok(false),
            },
            Turn::Header => match link::next(&answer.headers) {
                Some(link) => self.follow(&link),
                None => Ok(false),
            },
        }
    }

    /// A server that gives its last page for every page behind it has no page without items. Things
    /// are told apart by what they hold; numbers and texts may well be the same ones again.
    fn differs(&mut self, items: Option<&RawValue>) -> Result<(), Dead> {
        let items = items.map(RawValue::get).filter(|items| items.contains('{'));
        let digest = items.map(|items| self.seen.hasher.hash_one(items));
        let before = std::mem::replace(&mut self.last, digest);
        if digest.is_some() && digest == before {
            return Err("the page is the same as the one before");
        }
        Ok(())
    }

    fn count(&mut self, parameter: &'static str, by: usize) -> Result<bool, Dead> {
        let next = i64::try_from(by).ok().and_then(|by| self.position.checked_add(by));
        let next = next.ok_or("no number is large enough for the next page")?;
        if next == self.position {
            return Err("a page without items says that there are more");
        }
        self.position = next;
        self.call.replace_query(parameter, &next.to_string());
        Ok(true)
    }

    fn pass_on(&mut self, parameter: &'static str, cursor: &str) -> Result<bool, Dead> {
        self.seen.check(cursor)?;
        self.call.replace_query(parameter, cursor);
        Ok(true)
    }

    fn follow(&mut self, link: &str) -> Result<bool, Dead> {
        let from = match self.address.take() {
            Some(address) => address,
            None => {
                let first = exchange::address(&self.call).ok_or("the page has no address")?;
                self.seen.add(first.as_str());
                first
            }
        };
        let followed = Followed::new(&from, link)?;
        self.seen.check(followed.url().as_str())?;
        self.address = Some(followed.url().clone());
        self.call.follow(followed);
        Ok(true)
    }
}

/// The value that the caller gave to a query parameter.
fn given(call: &Call, parameter: &str) -> Option<String> {
    query::value(call.query_of(parameter)?)
}

/// Digests of what was asked for: a server whose pages go round in a circle is found out, and long
/// cursors are not kept.
#[derive(Default)]
struct Seen {
    hasher: RandomState,
    digests: HashSet<u64>,
}

impl Seen {
    fn add(&mut self, text: &str) {
        self.digests.insert(self.hasher.hash_one(text));
    }

    fn check(&mut self, text: &str) -> Result<(), Dead> {
        let is_new = self.digests.insert(self.hasher.hash_one(text));
        if is_new { Ok(()) } else { Err("the next page is one that came before") }
    }
}
