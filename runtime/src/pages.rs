//! Answers that come in pages, as streams: of pages, and of the items on them.
//!
//! What leads from one page to the next is part of an operation's record, [`Paging`], because it is
//! the same for all of its calls. The loop looks for it in the page's JSON, and no type of any
//! document touches it (`turner`); generated code says only what a page is, and where its items are.
//!
//! [`Paging`]: crate::codegen::v1::Paging

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::error::{Error, ServiceError};
use crate::exchange::Outcome;
use crate::response::{self, Response};

mod link;
mod part;
mod turner;

pub(crate) use self::link::Followed;
use self::turner::Turner;

/// The pages of an answer, each read as `T`, one after another.
///
/// Nothing is sent before the first one is asked for, and nothing in advance. Each page is a call like
/// any other: it has the options, time limits and repeats of a call, and its errors. An error is the
/// last item. Dropping the stream ends it.
///
/// The server says whether there is another page, and is not trusted with it: a link never leads to
/// another server, and a page that comes again is an error, [`ErrorKind::NextPage`].
///
/// [`ErrorKind::NextPage`]: crate::ErrorKind::NextPage
///
/// ```
/// # use specwright_runtime::{Error, NoError, Pages};
/// # async fn look(mut pages: Pages<Vec<String>, NoError>) -> Result<(), Error<NoError>> {
/// while let Some(page) = pages.try_next().await? {
///     println!("{} names", page.len());
/// }
/// # Ok(()) }
/// ```
#[must_use = "a stream does nothing unless it is read"]
pub struct Pages<T, E> {
    turner: Turner,
    read: Read<T, E>,
}

/// Gives the outcome of a page its type.
type Read<T, E> = Box<dyn Fn(Outcome) -> Result<T, Error<E>> + Send + Sync>;

/// The items of all pages, one after another.
///
/// The next page is asked for when the items of the last one are used up. An error is the last item.
/// See [`Pages`].
///
/// ```
/// # use specwright_runtime::{Error, Items, NoError};
/// # async fn look(mut names: Items<String, NoError>) -> Result<(), Error<NoError>> {
/// while let Some(name) = names.try_next().await? {
///     println!("{name}");
/// }
/// # Ok(()) }
/// ```
#[must_use = "a stream does nothing unless it is read"]
pub struct Items<T, E> {
    pages: Pages<Vec<T>, E>,
    /// Those of the last page that nobody has taken yet.
    here: std::vec::IntoIter<T>,
}

impl Call {
    /// The pages of the answer, which are JSON.
    pub fn pages_json<T, E>(self) -> Pages<T, E>
    where
        T: DeserializeOwned + 'static,
        E: ServiceError,
    {
        Pages { turner: Turner::new(self), read: Box::new(response::json_body::<T, E>) }
    }

    /// The items of its pages, which are JSON and have their items where `items` says.
    pub fn items_json<P, T, E>(self, items: fn(P) -> Vec<T>) -> Items<T, E>
    where
        P: DeserializeOwned + 'static,
        T: 'static,
        E: ServiceError,
    {
        let read =
            move |outcome| response::json::<P, E>(outcome).map(Response::into_inner).map(items);
        let pages = Pages { turner: Turner::new(self), read: Box::new(read) };
        Items { pages, here: Vec::new().into_iter() }
    }
}

impl<T, E> Pages<T, E> {
    /// The next page, or `None` behind the last.
    ///
    /// # Errors
    /// The call has failed, or what the last page says of the next makes no sense.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        let Some(outcome) = ready!(self.turner.poll(cx)) else { return Poll::Ready(None) };
        let page = (self.read)(outcome);
        if page.is_err() {
            self.turner.end();
        }
        Poll::Ready(Some(page))
    }
}

impl<T, E> Items<T, E> {
    /// The next item, or `None` behind the last.
    ///
    /// # Errors
    /// The call of a page has failed, or what a page says of the next makes no sense.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    /// All items that are left, at once: for answers that are known to fit into memory.
    ///
    /// # Errors
    /// As [`try_next`](Self::try_next); what came before the error is lost.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all: Vec<T> = self.here.by_ref().collect();
        while let Some(page) = self.pages.try_next().await? {
            all.extend(page);
        }
        Ok(all)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.here.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(cx)) {
                Some(Ok(page)) => self.here = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T, E> Stream for Pages<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

/// Items are moved, never pinned.
impl<T, E> Unpin for Items<T, E> {}

impl<T, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(cx)
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    /// Names the operation; what has come may be anybody's business.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.turner.operation().id();
        f.debug_struct("Pages").field("operation", &operation).finish_non_exhaustive()
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.pages.turner.operation().id();
        f.debug_struct("Items").field("operation", &operation).finish_non_exhaustive()
    }
}
