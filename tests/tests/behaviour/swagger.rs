//! A document of Swagger 2.0: what was converted is sent as the document means it.

use specwright_runtime::Part;

use crate::clients::swagger::operations::GetPhotoError;
use crate::clients::swagger::types::{Item, ListItemsMultiItem, LogInRequest};
use crate::clients::{of, swagger};
use crate::server::{Reply, Server};

async fn server(reply: Reply) -> (Server, swagger::Client) {
    let server = Server::always(reply).await;
    let builder = swagger::Client::builder()
        .credentials(swagger::Key::new("secret"))
        .credentials(swagger::User::new("me", "pass"));
    let client = of(builder, &server);
    (server, client)
}

fn nothing() -> Reply {
    Reply::raw("HTTP/1.1 204 X\r\n\r\n")
}

#[tokio::test]
async fn lists_in_the_query_and_a_key() {
    let body = r#"[{"id":1,"kind":"Item","name":null}]"#;
    let reply = Reply::new(200, &[("Content-Type", "application/json")], body);
    let (server, client) = server(reply).await;
    let call = client.list_items().limit(3).commas(["a", "b"]).spaces(["c", "d"]).pipes([1, 2]);
    let call = call.multi([ListItemsMultiItem::New, ListItemsMultiItem::Used]).tabs("e\tf");
    let items = call.send().await.unwrap();
    assert_eq!(items.len(), 1);
    let seen = server.only();
    assert_eq!(
        seen.target(),
        "/items?limit=3&commas=a,b&spaces=c%20d&pipes=1%7C2&multi=new&multi=used&tabs=e%09f"
    );
    assert_eq!(seen.header("x-key"), Some("secret"));
}

#[tokio::test]
async fn a_body_and_a_password() {
    let body = r#"{"id":1,"kind":"Item","name":null}"#;
    let reply = Reply::new(201, &[("Content-Type", "application/json")], body);
    let (server, client) = server(reply).await;
    let item: Item = serde_json::from_str(body).unwrap();
    client.add_item(item).send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("authorization"), Some("Basic bWU6cGFzcw=="));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.text(), body);
}

#[tokio::test]
async fn a_form() {
    let (server, client) = server(nothing()).await;
    let roles = vec!["x".to_owned(), "y".to_owned()];
    client.log_in(LogInRequest::new("a&b").with_roles(roles)).send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!((seen.text(), seen.header("x-key")), ("user=a%26b&roles=x%7Cy", None));
}

#[tokio::test]
async fn a_file_there_and_back() {
    let reply = Reply::new(200, &[("Content-Type", "image/png")], [0xff, 0]);
    let (server, client) = server(reply).await;
    assert_eq!(&client.get_photo(7).send().await.unwrap()[..], [0xff, 0]);
    let seen = server.only();
    assert_eq!((seen.target(), seen.header("accept")), ("/items/7/photo", Some("image/png")));
}

#[tokio::test]
async fn a_shared_answer_is_an_error_of_the_operation() {
    let reply = Reply::new(404, &[("Content-Type", "application/json")], r#"{"message":"no"}"#);
    let (_server, client) = server(reply).await;
    let error = client.get_photo(7).send().await.unwrap_err();
    assert!(matches!(error.as_service(), Some(GetPhotoError::NotFound(_))), "{error:?}");
}

#[tokio::test]
async fn an_upload() {
    let server = Server::always(nothing()).await;
    let builder =
        swagger::Client::builder().credentials(specwright_runtime::auth::Credential::for_scheme(
            "app",
            specwright_runtime::auth::Bearer::new("token".to_owned()),
        ));
    let client = of(builder, &server);
    let photo = Part::file("a.png", "the file").with_media_type("image/png");
    let call = client.set_photo(7, photo).caption("c").tags(["x", "y"]);
    call.send().await.unwrap();
    let seen = server.only();
    assert_eq!(seen.header("authorization"), Some("Bearer token"));
    let boundary = seen.header("content-type").unwrap();
    assert!(boundary.starts_with("multipart/form-data; boundary="), "{boundary}");
    for part in [
        "name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nthe file\r\n",
        "name=\"caption\"\r\n\r\nc\r\n",
        "name=\"tags\"\r\n\r\nx\r\n",
        "name=\"tags\"\r\n\r\ny\r\n",
    ] {
        assert!(seen.text().contains(part), "{part} is not in {}", seen.text());
    }
}
