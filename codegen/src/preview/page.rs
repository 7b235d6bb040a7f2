//! The page: three files of our own, and what a browser is told about them.
//!
//! Whatever a document says is a stranger's text. It travels as JSON, the script puts it into the page as
//! text alone, and the policy forbids the browser everything else: other scripts, other hosts, frames,
//! and turning any text into markup.

use http::{HeaderValue, Response, StatusCode, header};

/// What the browser may do with an answer, whatever it is.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// A file of the page, by the path it is asked for.
pub(super) fn file(path: &str) -> Option<Response<Vec<u8>>> {
    let (kind, text) = match path {
        "/" => ("text/html; charset=utf-8", include_str!("page.html")),
        "/page.css" => ("text/css; charset=utf-8", include_str!("page.css")),
        "/page.js" => ("text/javascript; charset=utf-8", include_str!("page.js")),
        _ => return None,
    };
    Some(answer(StatusCode::OK, kind, text.into()))
}

/// Why there is nothing else.
pub(super) fn refusal(status: StatusCode, why: &str) -> Response<Vec<u8>> {
    answer(status, "text/plain; charset=utf-8", format!("{why}\n").into_bytes())
}

/// An answer with all that is told of every answer.
pub(super) fn answer(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let told = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in told {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
