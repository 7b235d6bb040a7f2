//! What TLS needs before there can be a connection, and connections that failed because the two
//! sides do not get along.

use std::error::Error;
use std::io;
use std::iter::successors;

use crate::error::BuildError;

/// Whether rustls has its cryptography, where the program is to bring it: reqwest panics without.
#[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
pub(super) fn check_provider() -> Result<(), BuildError> {
    match ::rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(BuildError::new(
            "TLS has no cryptography: the program is to call `install_default` of a rustls provider \
             first, or this crate wants the feature `rustls` in place of `rustls-no-provider`",
        )),
    }
}

/// Whether rustls has its cryptography; it brings it along, or is not what reqwest uses.
#[cfg(not(all(
    feature = "rustls-no-provider",
    not(any(feature = "rustls", feature = "native-tls"))
)))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `rustls-no-provider` it can fail")]
pub(super) fn check_provider() -> Result<(), BuildError> {
    Ok(())
}

/// Whether a connection failed over TLS itself: a certificate that is not trusted, no version or
/// cipher in common, a server that does not speak TLS at all. A second try meets the same server,
/// and a pause does not make it trustworthy.
///
/// A connection that broke off during the handshake is not meant: that passes.
pub(super) fn is_refused(error: &(dyn Error + 'static)) -> bool {
    let mut chain = successors(Some(error), |error| (*error).source());
    match chain.clone().filter_map(|error| error.downcast_ref::<io::Error>()).last() {
        // rustls comes wrapped in this kind, and nothing else on the way to a connection does.
        Some(error) => innermost(error).kind() == io::ErrorKind::InvalidData,
        None => chain.any(is_native),
    }
}

/// An `io::Error` may hold another one, which `source` passes over.
fn innermost(error: &io::Error) -> &io::Error {
    successors(Some(error), |error| error.get_ref()?.downcast_ref()).last().unwrap_or(error)
}

#[cfg(feature = "native-tls")]
fn is_native(error: &(dyn Error + 'static)) -> bool {
    error.is::<native_tls::Error>()
}

#[cfg(not(feature = "native-tls"))]
fn is_native(_: &(dyn Error + 'static)) -> bool {
    false
}
