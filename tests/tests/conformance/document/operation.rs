//! Operations → metadata records, calls, setters, error enums and the client's methods.

use serde_yaml::Value;

use super::{Document, Operation, entries, flag, items, list, pages, schema, text, waiters};
use crate::case::{pascal, snake};
use crate::surface::Surface;

/// What this checker compares, or knows to have no counterpart outside the documentation.
const KNOWN_OPERATION_KEYS: [&str; 10] = [
    "deprecated",
    "description",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "summary",
    "tags",
    "x-rolesRequirements",
];
const KNOWN_PARAMETER_KEYS: [&str; 8] = [
    "deprecated",
    "description",
    "example",
    "in",
    "name",
    "required",
    "schema",
    "x-specwright-envelope",
];

/// Everything the client must have for one operation.
pub(super) fn describe(document: &Document, operation: &Operation<'_>, surface: &mut Surface) {
    let Some(id) = text(operation.value, "operationId") else {
        surface.problem(format!("{} {} has no operationId", operation.method, operation.path));
        return;
    };
    let call = format!("operations::{}", pascal(id));
    let known = [&KNOWN_OPERATION_KEYS[..], &waiters::KEYS[..], &[pages::KEY]].concat();
    report_unknown(id, operation.value, &known, surface);
    let parameters = parameters(document, operation);
    for parameter in &parameters {
        report_unknown(id, parameter, &KNOWN_PARAMETER_KEYS, surface);
    }
    if responses(operation).filter(|(status, _)| status.starts_with('2')).count() > 1 {
        surface.problem(format!("{id}: this test only knows a single success"));
    }
    let messages = responses(operation)
        .map(|(_, response)| response)
        .chain(operation.value.get("requestBody"));
    for message in messages {
        if entries(document.resolve(message).get("content")).count() > 1 {
            surface
                .problem(format!("{id}: this test only knows messages with a single media type"));
        }
    }
    let body = body(document, operation, surface);
    describe_record(document, operation, id, surface);
    surface.add(&call, "struct [] must_use {}");
    describe_arguments(document, operation, id, &parameters, body.as_deref(), surface);
    for parameter in parameters.iter().filter(|parameter| !flag(parameter, "required")) {
        describe_setter(document, &call, parameter, surface);
    }
    let errors = describe_errors(document, operation, &call, surface);
    describe_send(document, operation, &call, &errors, surface);
}

fn report_unknown(id: &str, value: &Value, known: &[&str], surface: &mut Surface) {
    for (key, _) in entries(Some(value)).filter(|(key, _)| !known.contains(key)) {
        surface.problem(format!("{id}: this test does not know the key {key}"));
    }
}

/// The `static` record: everything about the operation that does not depend on its arguments.
fn describe_record(
    document: &Document,
    operation: &Operation<'_>,
    id: &str,
    surface: &mut Surface,
) {
    let record = format!("operation {id}");
    surface.add(format!("{record}: method"), operation.method.to_uppercase());
    surface.add(format!("{record}: path"), operation.path);
    let accept = success(operation).and_then(|(_, response)| media(document, response));
    if let Some((accept, _)) = accept {
        surface.add(format!("{record}: accept"), accept);
    }
    if let Some((content_type, _)) =
        operation.value.get("requestBody").and_then(|body| media(document, body))
    {
        surface.add(format!("{record}: content_type"), content_type);
    }
    if let Some((status, response)) = success(operation) {
        surface.add(format!("{record}: success"), format!("[{}]", status_code(status)));
        if flag(document.resolve(response), "x-specwright-nonempty") {
            surface.add(format!("{record}: nonempty"), "");
        }
    }
    let parameters = parameters(document, operation);
    if let Some(envelope) =
        parameters.iter().find(|parameter| flag(parameter, "x-specwright-envelope"))
    {
        let name = text(envelope, "name").unwrap_or_default();
        surface.add(format!("{record}: envelope"), format!("{name}, status, content"));
    }
    let security = operation.value.get("security").or(document.root.get("security"));
    let alternatives: Vec<String> = items(security)
        .map(|schemes| list(entries(Some(schemes)).map(|(scheme, _)| scheme)))
        .collect();
    if !alternatives.is_empty() {
        surface.add(format!("{record}: security"), format!("[{}]", alternatives.join(", ")));
    }
}

/// The operation's own parameters behind those of its path item.
pub(super) fn parameters<'a>(document: &'a Document, operation: &Operation<'a>) -> Vec<&'a Value> {
    let shared = items(operation.shared_parameters);
    shared
        .chain(items(operation.value.get("parameters")))
        .map(|parameter| document.resolve(parameter))
        .collect()
}

fn body(document: &Document, operation: &Operation<'_>, surface: &mut Surface) -> Option<String> {
    let body = document.resolve(operation.value.get("requestBody")?);
    let (media_type, schema) = media(document, body)?;
    if !is_json(media_type) || !flag(body, "required") {
        surface
            .problem(format!("{}: this test only knows required bodies of JSON", operation.path));
    }
    Some(schema::rust_type(document, schema?, "", surface))
}

/// Required parameters, path parameters first and in the path's order, then the body: the same
/// three times over, on the client's method, in the call's constructor, and on the wire.
fn describe_arguments(
    document: &Document,
    operation: &Operation<'_>,
    id: &str,
    parameters: &[&Value],
    body: Option<&str>,
    surface: &mut Surface,
) {
    let mut required: Vec<&&Value> =
        parameters.iter().filter(|parameter| flag(parameter, "required")).collect();
    required.sort_by_key(|parameter| {
        let name = text(parameter, "name").unwrap_or_default();
        operation.path.find(&format!("{{{name}}}")).unwrap_or(usize::MAX)
    });
    let (mut offered, mut built, mut wired, mut names) = (vec![], vec![], vec![], vec![]);
    for parameter in required {
        let (name, place, ty) = read_parameter(document, parameter, surface);
        let ident = snake(&name);
        let by_client = if ty == "String" { "impl AsRef<str>" } else { &ty };
        let by_call = if ty == "String" { "&str" } else { &ty };
        offered.push(format!("{ident}: {by_client}"));
        built.push(format!("{ident}: {by_call}"));
        wired.push(format!("{place}({name:?}, {ident})"));
        names.push(ident);
    }
    if let Some(ty) = body {
        offered.push(format!("body: {ty}"));
        built.push(format!("body: {ty}"));
        wired.push("json(body)".into());
        names.push("body".into());
    }
    let call = format!("operations::{}", pascal(id));
    surface.add(
        format!("client::Client::{}", snake(id)),
        format!("(self, {}) -> {call} passes [{}]", offered.join(", "), names.join(", ")),
    );
    surface.add(
        format!("{call}::new"),
        format!("({}) calls {id} with [{}]", built.join(", "), wired.join(", ")),
    );
}

fn describe_setter(document: &Document, call: &str, parameter: &Value, surface: &mut Surface) {
    let (name, place, ty) = read_parameter(document, parameter, surface);
    let ident = snake(&name);
    let wired = if flag(parameter, "x-specwright-envelope") {
        format!("envelope({ident})")
    } else {
        format!("{place}({name:?}, {ident})")
    };
    let fact = format!("(self, {ident}: {}) -> Self with [{wired}]", schema::argument(&ty));
    surface.add(format!("{call}::{ident}"), fact);
}

/// Wire name, the runtime's method for the place it travels in, and Rust type.
fn read_parameter(
    document: &Document,
    parameter: &Value,
    surface: &mut Surface,
) -> (String, String, String) {
    let name = text(parameter, "name").unwrap_or_default().to_owned();
    let place = text(parameter, "in").unwrap_or_default().to_owned();
    if !["path", "query", "header"].contains(&place.as_str()) {
        surface.problem(format!("{name}: this test does not know parameters in {place:?}"));
    }
    let ty = schema::rust_type(
        document,
        parameter.get("schema").unwrap_or(&Value::Null),
        &name,
        surface,
    );
    if ty.contains('<') || ty.contains("Value") {
        surface.problem(format!("{name}: this test only knows parameters with a single value"));
    }
    (name, place, ty)
}

/// One variant for each status that is no success; gives the error type.
fn describe_errors(
    document: &Document,
    operation: &Operation<'_>,
    call: &str,
    surface: &mut Surface,
) -> String {
    let errors: Vec<_> =
        responses(operation).filter(|(status, _)| !status.starts_with('2')).collect();
    if errors.is_empty() {
        return "specwright_runtime::NoError".into();
    }
    let name = format!("{call}Error");
    let variants: Vec<&str> = errors.iter().map(|(status, _)| reason(status)).collect();
    surface.add(&name, format!("enum [ServiceError] non_exhaustive {{{}}}", variants.join(", ")));
    for (status, response) in &errors {
        let (payload, kind) = match media(document, response) {
            None => ("()".to_owned(), ""),
            Some((media_type, Some(schema))) if is_json(media_type) => {
                (schema::rust_type(document, schema, "", surface), "")
            }
            Some((media_type, _)) if media_type.starts_with("text/") => ("String".into(), ", text"),
            Some(_) => ("specwright_runtime::bytes::Bytes".into(), ", bytes"),
        };
        surface.add(
            format!("{name}::{}", reason(status)),
            format!(
                "#[status({}{kind})] (specwright_runtime::ErrorBody<{payload}>)",
                status_code(status)
            ),
        );
    }
    name
}

fn describe_send(
    document: &Document,
    operation: &Operation<'_>,
    call: &str,
    errors: &str,
    surface: &mut Surface,
) {
    let answer = success(operation).and_then(|(_, response)| media(document, response));
    let (ty, send) = match answer {
        None => ("()".to_owned(), "send_empty"),
        Some((media_type, Some(schema))) if is_json(media_type) => {
            (schema::rust_type(document, schema, "", surface), "send_json")
        }
        Some((media_type, _)) if media_type.starts_with("text/") => ("String".into(), "send_text"),
        Some(_) => ("specwright_runtime::bytes::Bytes".into(), "send_bytes"),
    };
    let future = "specwright_runtime::ResponseFuture";
    let whole = format!("specwright_runtime::Response<{ty}>");
    surface.add(format!("{call}::send"), format!("(self) -> {future}<{ty}, {errors}> by {send}"));
    surface.add(
        format!("{call}::send_with_metadata"),
        format!("(self) -> {future}<{whole}, {errors}> by {send}_with_metadata"),
    );
}

/// The type of an answer, which is JSON.
pub(super) fn answer(
    document: &Document,
    operation: &Operation<'_>,
    surface: &mut Surface,
) -> String {
    let schema = success(operation).and_then(|(_, response)| media(document, response)?.1);
    schema::rust_type(document, schema.unwrap_or(&Value::Null), "", surface)
}

fn responses<'a>(operation: &Operation<'a>) -> impl Iterator<Item = (&'a str, &'a Value)> {
    entries(operation.value.get("responses"))
}

fn success<'a>(operation: &Operation<'a>) -> Option<(&'a str, &'a Value)> {
    responses(operation).find(|(status, _)| status.starts_with('2'))
}

/// The first media type of a request or response, and its schema.
fn media<'a>(document: &'a Document, message: &'a Value) -> Option<(&'a str, Option<&'a Value>)> {
    let (media_type, media) = entries(document.resolve(message).get("content")).next()?;
    Some((media_type, media.get("schema")))
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

/// `404` stays, `4XX` is written 4.
fn status_code(status: &str) -> &str {
    status.strip_suffix("XX").unwrap_or(status)
}

/// The names that HTTP gives to statuses (RFC 9110 section 15, RFC 6585).
fn reason(status: &str) -> &'static str {
    match status {
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "402" => "PaymentRequired",
        "403" => "Forbidden",
        "404" => "NotFound",
        "409" => "Conflict",
        "429" => "TooManyRequests",
        "500" => "InternalServerError",
        "503" => "ServiceUnavailable",
        "default" => "Default",
        _ => "a status that this test has no name for",
    }
}
