//! The reqwest transport against a socket that says exactly what the test wants.
#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is all tests")]

use std::sync::{Arc, Mutex};

use http::{Method, Request};
use specwright_runtime::transport::{
    CollectError, RequestBody, ReqwestTransport, ResponseBody, Transport, TransportError,
    TransportPhase,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

/// Takes a port without listening, so that a connection to it is refused as long as this lives.
fn nobody() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    socket
}

/// A server that reads one request a connection, keeps its text, writes `answer` and hangs up.
async fn server(answer: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/path?key=canary", listener.local_addr().unwrap());
    let requests: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = requests.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut text = vec![0; 65_536];
            let read = socket.read(&mut text).await.unwrap_or(0);
            seen.lock().unwrap().push(String::from_utf8_lossy(&text[..read]).to_lowercase());
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    (address, requests)
}

fn transport(builder: reqwest::ClientBuilder) -> ReqwestTransport {
    ReqwestTransport::new(builder.no_proxy()).unwrap()
}

async fn send(
    uri: &str,
    body: RequestBody,
) -> Result<http::Response<ResponseBody>, TransportError> {
    let request = Request::builder().method(Method::POST).uri(uri).body(body).unwrap();
    transport(reqwest::Client::builder()).send(request).await
}

fn chain(error: &dyn std::error::Error) -> String {
    let errors = std::iter::successors(Some(error), |error| error.source());
    errors.map(|error| format!("{error} {error:?}\n")).collect()
}

#[tokio::test]
async fn an_exchange_is_one_plain_request() {
    let answer = "HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 2\r\n\r\nhi";
    let (uri, seen) = server(answer).await;
    let response = send(&uri, RequestBody::Bytes("body".into())).await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-a"]),
        (201, &"b".parse().unwrap())
    );
    assert_eq!(response.into_body().collect(2).await.unwrap(), "hi");
    let seen = seen.lock().unwrap();
    assert!(seen[0].starts_with("post /path?key=canary http/1.1\r\n"), "{}", seen[0]);
    assert!(seen[0].contains("content-length: 4\r\n") && seen[0].ends_with("\r\n\r\nbody"));
    assert!(!seen[0].contains("accept-encoding") && !seen[0].contains("referer"));
}

#[tokio::test]
async fn a_request_without_body_says_so() {
    let (uri, seen) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    send(&uri, RequestBody::Empty).await.unwrap();
    assert!(seen.lock().unwrap()[0].contains("content-length: 0\r\n"));
}

#[tokio::test]
async fn redirects_are_answers() {
    let (other, elsewhere) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let answer = format!("HTTP/1.1 307 T\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n");
    let (uri, _) = server(Box::leak(answer.into_boxed_str())).await;
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let request = Request::post(&uri).body(RequestBody::Empty).unwrap();
    let response = transport(builder).send(request).await.unwrap();
    assert_eq!(response.status().as_u16(), 307);
    assert!(elsewhere.lock().unwrap().is_empty());
}

#[tokio::test]
async fn failures_name_their_phase_and_no_url() {
    let nobody = nobody();
    let closed = format!("http://{}/?key=canary", nobody.local_addr().unwrap());
    let error = send(&closed, RequestBody::Empty).await.unwrap_err();
    assert_eq!(error.phase(), TransportPhase::Connect);
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));

    let (uri, _) = server("").await;
    let error = send(&uri, RequestBody::Empty).await.unwrap_err();
    assert_eq!(error.phase(), TransportPhase::Exchange);
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));

    let (uri, _) = server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort").await;
    let body = send(&uri, RequestBody::Empty).await.unwrap().into_body();
    let Err(CollectError::Transport(error)) = body.collect(100).await else { panic!() };
    assert_eq!(error.phase(), TransportPhase::Body);
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));
}

/// The ways to speak TLS that are compiled in.
fn backends() -> Vec<reqwest::ClientBuilder> {
    vec![
        #[cfg(feature = "rustls")]
        reqwest::Client::builder().tls_backend_rustls(),
        #[cfg(feature = "native-tls")]
        reqwest::Client::builder().tls_backend_native(),
    ]
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_not_worth_another_try() {
    for builder in backends() {
        let (uri, _) = server("HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let secure = uri.replace("http:", "https:");
        let request = Request::post(secure).body(RequestBody::Empty).unwrap();
        let error = transport(builder).send(request).await.unwrap_err();
        assert_eq!(error.phase(), TransportPhase::Connect);
        assert!(error.is_lasting(), "{}", chain(&error));
        assert!(!chain(&error).contains("canary"), "{}", chain(&error));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let nobody = nobody();
    let closed = format!("https://{}/", nobody.local_addr().unwrap());
    for builder in backends() {
        let request = Request::post(&closed).body(RequestBody::Empty).unwrap();
        let error = transport(builder).send(request).await.unwrap_err();
        assert_eq!(error.phase(), TransportPhase::Connect);
        assert!(!error.is_lasting(), "{}", chain(&error));
    }
}

#[tokio::test]
async fn the_callers_time_limits_are_time_limits() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    let builder = reqwest::Client::builder().timeout(std::time::Duration::from_millis(50));
    let request = Request::get(&uri).body(RequestBody::Empty).unwrap();
    let error = transport(builder).send(request).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.phase(), TransportPhase::Exchange);
}

#[tokio::test]
async fn what_the_transport_prints_is_nothing() {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-key", "canary".parse().unwrap());
    let builder = reqwest::Client::builder().default_headers(headers);
    assert_eq!(format!("{:?}", transport(builder)), "ReqwestTransport { .. }");
}

mod loopback {
    use specwright_runtime::auth::{Bearer, ClientCredentials, Credential};
    use specwright_runtime::codegen::v1;
    use specwright_runtime::{ClientBuilder, ErrorKind, NoError, RetryPolicy};

    use super::server;

    struct Client(v1::Core);
    impl v1::Service for Client {
        fn from_core(core: v1::Core) -> Self {
            Self(core)
        }
    }
    static API: v1::Api = v1::Api::new("a", "1").servers(&["https://far.example"]);
    static GET: v1::Operation =
        v1::Operation::new(v1::Method::GET, "get", "/get").security(&[&["S"]]);

    const NOTHING: &str = "HTTP/1.1 204 No Content\r\n\r\n";

    fn origin(url: &str) -> &str {
        url.split("/path").next().unwrap()
    }

    fn through(proxy: &str, credential: impl Into<Credential>) -> ClientBuilder<Client> {
        let proxy = reqwest::Proxy::all(origin(proxy)).unwrap();
        let builder: ClientBuilder<Client> = v1::builder(&API).retry(RetryPolicy::never());
        builder.http_client(reqwest::Client::builder().proxy(proxy)).credentials(credential)
    }

    #[tokio::test]
    async fn a_server_is_never_called_through_a_proxy() {
        let (uri, seen) = server(NOTHING).await;
        let (proxy, proxied) = server(NOTHING).await;
        let client = through(&proxy, Bearer::new("t".to_owned())).base_url(origin(&uri));
        client.build().unwrap().0.call(&GET).send_empty::<NoError>().await.unwrap();
        assert_eq!(seen.lock().unwrap().len(), 1);
        assert!(proxied.lock().unwrap().is_empty());
    }

    /// The API is far away and behind a proxy; where tokens come from is on this machine.
    #[tokio::test]
    async fn a_token_is_never_asked_for_or_revoked_through_a_proxy() {
        let grant = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 21\r\n\r\n\
                     {\"access_token\": \"t\"}";
        let (tokens, asked) = server(grant).await;
        let (proxy, proxied) = server("HTTP/1.1 502 Bad Gateway\r\n\r\n").await;
        let login = ClientCredentials::new(&tokens, "id".to_owned(), "canary".to_owned());
        let login = Credential::from(login);
        let client = through(&proxy, login.clone()).build().unwrap();
        let error = client.0.call(&GET).send_empty::<NoError>().await.unwrap_err();
        // The call itself does go through the proxy, which is no help.
        assert_eq!(error.kind(), ErrorKind::Connect);
        login.revoke(&tokens).await.unwrap();

        assert_eq!(asked.lock().unwrap().len(), 2);
        let proxied = proxied.lock().unwrap();
        assert!(proxied.iter().all(|text| text.starts_with("connect far.example:443")));
        assert_eq!(proxied.len(), 1);
    }
}
