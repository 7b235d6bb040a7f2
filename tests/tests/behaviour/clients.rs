//! Clients of cases, made by the build script.

use specwright_runtime::ClientBuilder;
use specwright_runtime::codegen::v1::Service;

use crate::server::Server;

/// A client of `server` from a generated builder.
pub(crate) fn of<C: Service>(builder: ClientBuilder<C>, server: &Server) -> C {
    builder.base_url(&server.url).build().unwrap()
}

macro_rules! clients {
    ($($module:ident $file:literal)*) => {
        $(
            #[allow(unreachable_pub, unused_imports, reason = "written for the root of a crate")]
            pub(crate) mod $module {
                include!(concat!(env!("OUT_DIR"), "/", $file, ".rs"));
            }
        )*
    };
}

clients! {
    all_versions "all-versions"
    answers "answers"
    bodies "bodies"
    by_chrono "chrono"
    by_time "time"
    closed_enums "closed-enums"
    error_ranges "error-ranges"
    event_choices "event-choices"
    event_stream "event-stream"
    foreign_types "foreign-types"
    group_by_tag "group-by-tag"
    headers "headers"
    inferred_pages "inferred-pages"
    json_lines "json-lines"
    left_out "left-out"
    pagination "pagination"
    parts "parts"
    representations "representations"
    requests "requests"
    security_broken "security-broken"
    servers "servers"
    swagger "swagger"
    tuples "tuples"
    unions "unions"
    waiters "waiters"
    webhooks "webhooks"
}
