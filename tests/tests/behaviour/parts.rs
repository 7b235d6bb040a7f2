//! Media types of parts and of a form's fields, as they go over the wire.

use specwright_runtime::{Multipart, Part};

use crate::clients::parts::types::ChangeAlbumRequest;
use crate::clients::{of, parts};
use crate::server::{Reply, Server};

async fn server() -> (Server, parts::Client) {
    let server = Server::always(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await;
    let client = of(parts::Client::builder(), &server);
    (server, client)
}

#[tokio::test]
async fn each_part_has_the_type_that_the_document_wants() {
    let (server, client) = server().await;
    let cover = Part::file("a.jpg", "the cover").with_media_type("image/jpeg");
    let call = client.add_album(cover, "# Notes", "<order/>");
    let call = call.rating(5).songs(["a", "b"]).tags(["x", "y"]).title(vec![0xfe, 0xff, 0, b'a']);
    let call = call.pages([Part::new("1").with_media_type("image/gif")]).tracks(["t", "u"]);
    call.prices("1,2").sketch("<svg/>").sleeve("%PDF").year(1999).send().await.unwrap();
    let seen = server.only();
    let text = String::from_utf8_lossy(&seen.body);
    for (name, part) in [
        ("cover\"; filename=\"a.jpg", "Content-Type: image/jpeg\r\n\r\nthe cover"),
        ("notes", "Content-Type: text/markdown\r\n\r\n# Notes"),
        ("order", "Content-Type: application/xml\r\n\r\n<order/>"),
        ("rating", "Content-Type: text/plain; charset=us-ascii\r\n\r\n5"),
        ("songs", "Content-Type: application/vnd.songs+json\r\n\r\n[\"a\",\"b\"]"),
        ("tags", "Content-Type: text/plain\r\n\r\nx"),
        ("tags", "Content-Type: text/plain\r\n\r\ny"),
        ("title", "Content-Type: text/plain; charset=utf-16\r\n\r\n"),
        ("pages", "Content-Type: image/gif\r\n\r\n1"),
        ("tracks", "Content-Type: audio/flac\r\n\r\nt"),
        ("tracks", "Content-Type: audio/flac\r\n\r\nu"),
        ("prices", "Content-Type: text/csv\r\n\r\n1,2"),
        ("sketch", "Content-Type: image/svg+xml\r\n\r\n<svg/>"),
        ("sleeve", "Content-Type: application/pdf\r\n\r\n%PDF"),
        ("year", "Content-Type: text/plain\r\n\r\n1999"),
    ] {
        let part = format!("form-data; name=\"{name}\"\r\n{part}");
        assert!(text.contains(&part), "{part} is not in {text}");
    }
    assert!(seen.body.windows(4).any(|bytes| bytes == [0xfe, 0xff, 0, b'a']));
}

#[tokio::test]
async fn fields_that_are_json() {
    let (server, client) = server().await;
    let change = ChangeAlbumRequest::new().with_songs(vec!["a".to_owned()]).with_title("t");
    let change =
        change.with_label("l").with_year(7).with_tags(vec!["x".to_owned(), "y".to_owned()]);
    client.change_album(change).send().await.unwrap();
    let expected = "songs=%5B%22a%22%5D&title=t&label=%22l%22&year=7&tags=x%7Cy";
    assert_eq!(server.only().text(), expected);
}

#[tokio::test]
async fn a_form_of_the_callers_own() {
    let (server, client) = server().await;
    let form = Multipart::new().part("link", "https://example.com");
    client.replace_album(form).send().await.unwrap();
    assert!(server.only().text().contains("name=\"link\"\r\n\r\nhttps://example.com\r\n"));
}
