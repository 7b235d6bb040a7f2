//! Bodies that are not JSON, and bodies of which there are several.

use specwright_runtime::Part;

use crate::clients::bodies::operations::SetNoteBody;
use crate::clients::bodies::types::{
    CreateChargeRequest, CreateChargeRequestAddress, SetNoteRequest, UploadFileRequestAttributes,
};
use crate::clients::{bodies, of};
use crate::server::{Reply, Server};

async fn server() -> (Server, bodies::Client) {
    let server = Server::always(Reply::raw("HTTP/1.1 204 X\r\n\r\n")).await;
    let client = of(bodies::Client::builder(), &server);
    (server, client)
}

#[tokio::test]
async fn a_form() {
    let (server, client) = server().await;
    let address = CreateChargeRequestAddress::new().with_city("Köln & Bonn");
    let charge = CreateChargeRequest::new(7).with_address(address);
    client.create_charge(charge).send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(seen.text(), "amount=7&address%5Bcity%5D=K%C3%B6ln%20%26%20Bonn");
}

#[tokio::test]
async fn parts() {
    let (server, client) = server().await;
    let attributes = UploadFileRequestAttributes::new().with_name("n");
    let file = Part::file("a.txt", "the file").with_media_type("text/plain");
    let call = client.upload_file(attributes, file).tags(["x", "y"]).more(["1", "2"]);
    call.send().await.unwrap();
    let seen = server.only();
    let boundary = seen.header("content-type").unwrap();
    assert!(boundary.starts_with("multipart/form-data; boundary="), "{boundary}");
    let text = seen.text();
    for part in [
        "name=\"attributes\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"n\"}\r\n",
        "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nthe file\r\n",
        "name=\"tags\"\r\n\r\nx\r\n",
        "name=\"tags\"\r\n\r\ny\r\n",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(text.matches("name=\"more\"").count(), 2);
}

#[tokio::test]
async fn text_bytes_and_none() {
    let (server, client) = server().await;
    client.add_note("grüß").send().await.unwrap();
    client.replace_file().body(vec![0xff, 0]).send().await.unwrap();
    client.replace_file().send().await.unwrap();
    let [note, file, none] = &server.seen()[..] else { panic!("three calls") };
    assert_eq!((note.header("content-type"), note.text()), (Some("text/plain"), "grüß"));
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert_eq!(file.body, [0xff, 0]);
    assert_eq!((none.header("content-type"), none.body.len()), (None, 0));
}

#[tokio::test]
async fn one_of_several() {
    let (server, client) = server().await;
    for body in [
        SetNoteBody::Json(SetNoteRequest::new().with_text("a")),
        SetNoteBody::Text("a".to_owned()),
        SetNoteBody::OctetStream(vec![1].into()),
    ] {
        client.set_note(body).send().await.unwrap();
    }
    let sent: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| (seen.header("content-type").unwrap().to_owned(), seen.body.clone()))
        .collect();
    assert_eq!(sent[0], ("application/json".to_owned(), br#"{"text":"a"}"#.to_vec()));
    assert_eq!(sent[1], ("text/plain".to_owned(), b"a".to_vec()));
    assert_eq!(sent[2], ("application/octet-stream".to_owned(), vec![1]));
}
