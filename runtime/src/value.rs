//! Values that Rust has no type for: each keeps what came as it came, so that it goes back the same.

mod base64;
mod decimal;
mod secret;

pub use self::base64::{Base64, NotBase64};
pub use self::decimal::{Decimal, InvalidDecimal};
pub use self::secret::Secret;
