//! What generated code is written against, beside the public API.
//!
//! Versioned and additive: output of an older generator keeps compiling with a newer runtime.

mod api;
mod content;
mod operation;
mod paging;

pub(crate) use self::api::Api;
pub(crate) use self::content::{Answers, RequestContent, Undecodable};
pub(crate) use self::operation::{EnvelopeFields, Operation};
pub(crate) use self::paging::{Paging, Step, Turn};

/// The surface generated code uses. Items are added here, never changed.
pub mod v1 {
    // What generated crates name.
    pub use http::Method;
    pub use specwright_derive::{
        Checked, Decode, Encode, FromVariants, IntegerEnum, ServiceError, StringEnum,
    };

    pub use super::api::{Api, Service, builder, env_vars};
    pub use super::content::{AnswerParts, Answers, RequestContent, Undecodable, list, texts};
    pub use super::operation::Operation;
    pub use super::paging::{Paging, Step};
    pub use crate::call::{Call, Param, Style};
    pub use crate::client::Core;
    pub use crate::decode::parse;
    pub use crate::nullable::Nullable;
    pub use crate::stream::Item;
    pub use crate::wait::{Progress, started};

    // What the derives expand to. The prelude is here because a document may well have a type
    // called `Option` or `Result`.
    pub use std::convert::{AsRef, From, Infallible, Into, TryFrom};
    pub use std::error::Error;
    pub use std::fmt::{self, Display, Formatter};
    pub use std::num::ParseIntError;
    pub use std::option::Option::{self, None, Some};
    pub use std::result::Result::{self, Err, Ok};
    pub use std::str::FromStr;
    pub use std::string::String;

    pub use serde::de::MapAccess;
    pub use serde::ser::SerializeMap;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[cfg(feature = "patterns")]
    pub use crate::checked::Pattern;
    pub use crate::checked::{
        ConstraintError, NumberRules, ParseCheckedError, TextRules, parse_checked,
    };
    pub use crate::error::{ErrorBody, ErrorParts, ErrorSample, SampleError, ServiceError};
    pub use crate::wire::{
        Alternative, ByNothing, BySample, BySerialize, Constant, Decode, Encode, InvalidValue,
        Probe, Reader, Sample, Shaped, StringEnum, Tagged, Writer, attempt, attempt_int,
        decode_any, decode_integer, decode_listed, decode_object, decode_shape, decode_string,
        default, encode_object, field_count, join_fields, known_or, parse_string, sample_object,
    };
    pub use serde::de::value::MapAccessDeserializer;
    pub use serde_json::Value;
}
