//! TLS whose cryptography the program brings: without it there is an error, and no panic.
//!
//! ```sh
//! cargo test -p specwright-runtime --no-default-features --features rustls-no-provider --test provider
//! ```

#![cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use specwright_runtime::transport::ReqwestTransport;

#[test]
fn a_client_without_cryptography_says_so() {
    let built = ReqwestTransport::new(reqwest::Client::builder());
    assert!(built.unwrap_err().to_string().contains("install_default"));
}
