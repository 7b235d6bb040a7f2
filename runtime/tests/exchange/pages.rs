//! Answers in pages: what is asked for next, and where it ends.

use std::pin::Pin;

use futures_util::{Stream, StreamExt, TryStreamExt};
use specwright_runtime::codegen::v1::{self, Paging, Step};
use specwright_runtime::transport::TransportError;
use specwright_runtime::{CallOptions, Error, ErrorKind, Items, NoError, Pages, RetryPolicy};

use crate::api::{TakeSnapshotError, client, open};
use crate::mock::{Mock, Reply};

use Step::{Last, Name, Where};

macro_rules! operations {
    ($($name:ident = $paging:expr;)*) => {
        $(
            static $name: v1::Operation = v1::Operation::new(v1::Method::GET, "list", "/things")
                .success(&[200])
                .pages($paging);
        )*
    };
}

const ITEMS: &[Step] = &[Name("items")];
const NEXT: &[Step] = &[Name("next")];
const MORE: &[Step] = &[Name("more")];

operations! {
    NUMBER = Paging::number("page", 1).items(ITEMS);
    LINKED = Paging::number("page", 1).items(ITEMS).next(&[Name("links"), Where("rel", "next")]);
    FLAGGED = Paging::number("page", 0).items(ITEMS).more(MORE);
    OFFSET = Paging::offset("skip", 0).items(ITEMS);
    CURSOR = Paging::cursor("after").items(ITEMS).next(NEXT);
    LAST = Paging::cursor("after").items(ITEMS).next(&[Name("items"), Last]).more(MORE);
    LINK = Paging::link().items(ITEMS).next(NEXT);
    HEADER = Paging::link_header().items(ITEMS);
}

static WHOLE: v1::Operation =
    v1::Operation::new(v1::Method::GET, "list", "/things").success(&[200]);

#[derive(Clone, Debug, PartialEq, v1::Decode)]
struct Page {
    items: Vec<u32>,
}

fn items(call: v1::Call) -> Items<u32, NoError> {
    call.items_json(|page: Page| page.items)
}

/// A page with these items and what else there is on it.
fn page(items: &str, rest: &str) -> Reply {
    Reply::json(200, format!(r#"{{"items":[{items}]{rest}}}"#))
}

/// What is behind the path of each request.
fn asked(mock: &Mock) -> Vec<String> {
    let seen = mock.seen().into_iter();
    seen.map(|seen| seen.uri.replace("https://cloud.example/things", "")).collect()
}

async fn all(
    operation: &'static v1::Operation,
    replies: impl IntoIterator<Item = Reply>,
) -> (Result<Vec<u32>, Error<NoError>>, Vec<String>) {
    let (client, mock) = client(replies);
    let result = items(client.call(operation).query("size", 2)).try_collect().await;
    (result, asked(&mock))
}

#[tokio::test]
async fn an_empty_page_is_the_last_where_nothing_else_says_so() {
    let (result, asked) = all(&NUMBER, [page("1,2", ""), page("3", ""), page("", "")]).await;
    assert_eq!(result.unwrap(), [1, 2, 3]);
    assert_eq!(asked, ["?size=2", "?size=2&page=2", "?size=2&page=3"]);

    let (result, asked) = all(&OFFSET, [page("1,2", ""), page("3", ""), page("", "")]).await;
    assert_eq!(result.unwrap(), [1, 2, 3]);
    assert_eq!(asked, ["?size=2", "?size=2&skip=2", "?size=2&skip=3"]);

    let (result, asked) = all(&NUMBER, [page("", "")]).await;
    assert_eq!((result.unwrap(), asked.len()), (vec![], 1));
}

#[tokio::test]
async fn the_page_says_whether_it_is_the_last() {
    let next = r#","links":[{"rel":"self","href":"x"},{"rel":"next","href":"y"}],"totalCount":1"#;
    let last = r#","links":[{"rel":"previous","href":"x"}],"totalCount":99"#;
    let (result, asked) = all(&LINKED, [page("1", next), page("", next), page("2", last)]).await;
    assert_eq!(result.unwrap(), [1, 2]);
    assert_eq!(asked, ["?size=2", "?size=2&page=2", "?size=2&page=3"]);

    let replies = [page("1", r#","more":true"#), page("2", r#","more":false"#)];
    let (result, asked) = all(&FLAGGED, replies).await;
    assert_eq!(result.unwrap(), [1, 2]);
    assert_eq!(asked, ["?size=2", "?size=2&page=1"]);

    // Whatever is no `true` is an end.
    for rest in ["", r#","more":null"#, r#","more":"true""#] {
        let (result, asked) = all(&FLAGGED, [page("1", rest)]).await;
        assert_eq!((result.unwrap(), asked.len()), (vec![1], 1));
    }
}

#[tokio::test]
async fn it_begins_where_the_caller_does() {
    let (client, mock) = client([page("7", ""), page("", "")]);
    items(client.call(&NUMBER).query("page", 7)).try_collect().await.unwrap();
    assert_eq!(asked(&mock), ["?page=7", "?page=8"]);
}

#[tokio::test]
async fn a_cursor_is_passed_on() {
    let replies = [page("1", r#","next":"a b+&""#), page("", r#","next":12"#), page("2", "")];
    let (result, asked) = all(&CURSOR, replies).await;
    assert_eq!(result.unwrap(), [1, 2]);
    assert_eq!(asked, ["?size=2", "?size=2&after=a%20b%2B%26", "?size=2&after=12"]);

    for rest in ["", r#","next":null"#, r#","next":"""#, r#","next":{}"#] {
        let (result, asked) = all(&CURSOR, [page("1", rest)]).await;
        assert_eq!((result.unwrap(), asked.len()), (vec![1], 1));
    }

    let more = r#","more":true"#;
    let (result, asked) = all(&LAST, [page("1,5", more), page("", more)]).await;
    assert_eq!(result.unwrap(), [1, 5]);
    assert_eq!(asked, ["?size=2", "?size=2&after=5"]);
}

#[tokio::test]
async fn a_link_is_followed_on_its_server() {
    let replies = [
        page("1", r#","next":"?page=2&size=9#top""#),
        page("2", r#","next":"https://cloud.example/other?page=3""#),
        page("3", r#","next":null"#),
    ];
    let (result, asked) = all(&LINK, replies).await;
    assert_eq!(result.unwrap(), [1, 2, 3]);
    assert_eq!(asked, ["?size=2", "?page=2&size=9", "https://cloud.example/other?page=3"]);

    let replies = [page("1", "").with("link", "</things?page=2>; rel=\"next\""), page("2", "")];
    let (result, asked) = all(&HEADER, replies).await;
    assert_eq!(result.unwrap(), [1, 2]);
    assert_eq!(asked, ["?size=2", "?page=2"]);
}

/// What came before, what the error says, and how many requests there were.
async fn broken(
    operation: &'static v1::Operation,
    replies: impl IntoIterator<Item = Reply>,
) -> (Vec<u32>, String, usize) {
    let (client, mock) = client(replies);
    let mut items = items(client.call(operation).query("size", 2));
    let mut before = Vec::new();
    let error = loop {
        match items.try_next().await {
            Ok(item) => before.extend(item),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::NextPage);
    assert!(error.may_have_reached_server() && error.status().is_none());
    // Nothing comes behind an error.
    assert!(items.try_next().await.unwrap().is_none());
    (before, error.to_string(), mock.seen().len())
}

const DEAD: &str = "GET /things: there is no way to the next page: ";

#[tokio::test]
async fn a_link_to_another_server_is_not_followed() {
    for link in ["https://evil.example/x", "http://cloud.example/x", "//cloud.example:1/x"] {
        let (before, text, requests) =
            broken(&LINK, [page("1", &format!(r#","next":"{link}""#))]).await;
        assert_eq!((before, requests), (vec![1], 1));
        assert_eq!(text, format!("{DEAD}the link to the next page leads to another server"));
        let header = format!("<{link}>; rel=next");
        let (_, text, requests) = broken(&HEADER, [page("1", "").with("link", &header)]).await;
        assert!(text.ends_with("leads to another server") && requests == 1);
    }
}

#[tokio::test]
async fn a_circle_is_left() {
    let again = format!("{DEAD}the next page is one that came before");
    let to = |next: &str| page("1", &format!(r#","next":"{next}""#));
    let circle = || [to("a"), to("b"), to("a")];
    assert_eq!(broken(&CURSOR, circle()).await, (vec![1, 1, 1], again.clone(), 3));
    assert_eq!(broken(&LINK, circle()).await, (vec![1, 1, 1], again.clone(), 3));
    // The first page counts as well.
    assert_eq!(broken(&LINK, [to("/things?size=2")]).await, (vec![1], again.clone(), 1));
    let (client, mock) = client([to("x")]);
    let error = items(client.call(&CURSOR).query("after", "x")).try_collect().await.unwrap_err();
    assert_eq!((error.to_string(), mock.seen().len()), (again, 1));

    let (before, text, requests) = broken(&OFFSET_FLAGGED, [page("", r#","more":true"#)]).await;
    assert_eq!((before, requests), (vec![], 1));
    assert!(text.ends_with("a page without items says that there are more"), "{text}");
}

operations! {
    OFFSET_FLAGGED = Paging::offset("skip", 0).items(ITEMS).more(MORE);
}

#[tokio::test]
async fn an_error_in_the_middle_is_that_of_the_call_and_the_end() {
    let refused = r#"{"error":404,"errorCode":"GONE"}"#;
    let (client, mock) = client([page("1", ""), Reply::json(404, refused)]);
    let call = client.call(&NUMBER);
    let mut pages: Pages<Page, TakeSnapshotError> = call.pages_json();
    assert!(pages.try_next().await.unwrap().is_some());
    let error = pages.try_next().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(TakeSnapshotError::NotFound(_))));
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(mock.seen().len(), 2);

    // What cannot be read is an error too, and nobody asks what is behind it.
    let (result, asked) = all(&NUMBER, [page(r#""x""#, "")]).await;
    assert_eq!((result.unwrap_err().kind(), asked.len()), (ErrorKind::Decode, 1));
    let (result, asked) = all(&NUMBER, [Reply::json(200, r#"{"items":"#)]).await;
    assert_eq!((result.unwrap_err().kind(), asked.len()), (ErrorKind::Decode, 1));
}

#[tokio::test(start_paused = true)]
async fn each_page_is_a_call_with_its_repeats_and_options() {
    let busy = || Reply::plain(503, "").with("retry-after", "3");
    let lost = Reply::Fail(TransportError::exchange("reset"));
    let mock = Mock::new([busy(), page("1", ""), lost, page("2", ""), busy(), page("", "")]);
    let policy = RetryPolicy::new().max_attempts(2);
    let client = open(&mock).retry(policy).build().unwrap();
    let client = client.with_options(CallOptions::new().header("x-trace", "7"));
    assert_eq!(items(client.call(&NUMBER)).try_collect().await.unwrap(), [1, 2]);
    assert_eq!(asked(&mock), ["", "", "?page=2", "?page=2", "?page=3", "?page=3"]);
    assert!(mock.seen().iter().all(|seen| seen.header("x-trace") == Some("7")));
}

#[tokio::test]
async fn they_are_streams_that_ask_only_when_they_must() {
    let (client, mock) = client([page("1,2", ""), page("3,4", "")]);
    let items = items(client.call(&NUMBER));
    assert!(mock.seen().is_empty());
    let first: Vec<u32> = items.take(3).try_collect().await.unwrap();
    // The stream was dropped in the middle of the second page, and there is no third request.
    assert_eq!((first, mock.seen().len()), (vec![1, 2, 3], 2));

    let (client, _mock) = crate::api::client([page("1", ""), page("", "")]);
    let pages: Pages<Page, NoError> = client.call(&NUMBER).pages_json();
    let mut pages: Pin<Box<dyn Stream<Item = _> + Send>> = Box::pin(pages);
    assert_eq!(pages.next().await.unwrap().unwrap(), Page { items: vec![1] });
    assert_eq!(pages.try_collect::<Vec<_>>().await.unwrap(), [Page { items: vec![] }]);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_nobody_waits_for_any_longer_is_still_to_come() {
    let (client, mock) = client([page("1", ""), Reply::Hang]);
    let mut items = items(client.call(&NUMBER));
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(10), items.try_next());
    assert!(waiting.await.is_err());
    // The request is not sent again for the next one who asks.
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(10), items.try_next());
    assert!(waiting.await.is_err());
    assert_eq!(mock.seen().len(), 2);
}

#[tokio::test]
async fn an_operation_without_pages_has_one() {
    let (client, mock) = client([page("1,2", r#","next":"x""#)]);
    assert_eq!(items(client.call(&WHOLE)).try_collect().await.unwrap(), [1, 2]);
    assert_eq!(mock.seen().len(), 1);
}

#[tokio::test]
async fn pages_may_come_in_envelopes() {
    static ENVELOPED: v1::Operation = v1::Operation::new(v1::Method::GET, "list", "/things")
        .success(&[200])
        .envelope("envelope", "status", "content")
        .pages(Paging::cursor("after").items(ITEMS).next(NEXT));
    let wrapped = |content: &str| {
        Reply::json(200, format!(r#"{{"status":200,"content":{content},"next":"wrong"}}"#))
    };
    let replies = [wrapped(r#"{"items":[1],"next":"a"}"#), wrapped(r#"{"items":[2]}"#)];
    let (client, mock) = client(replies);
    let all = items(client.call(&ENVELOPED).envelope(true)).try_collect().await.unwrap();
    assert_eq!(all, [1, 2]);
    assert_eq!(asked(&mock), ["?envelope=true", "?envelope=true&after=a"]);
}
