//! The table itself, in the order of the specification.

use super::Field;
use super::Object::{self, *};
use super::Shape::{self, *};

const fn optional(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: false }
}

const fn required(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: true }
}

/// The keys of an object that the specification fixes.
pub(crate) fn fields(object: Object) -> &'static [Field] {
    match object {
        Document => DOCUMENT,
        Info => INFO,
        Contact => CONTACT,
        License => LICENSE,
        Server => SERVER,
        ServerVariable => SERVER_VARIABLE,
        Components => COMPONENTS,
        PathItem => PATH_ITEM,
        Operation => OPERATION,
        ExternalDocs => EXTERNAL_DOCS,
        Parameter => PARAMETER,
        RequestBody => REQUEST_BODY,
        MediaType => MEDIA_TYPE,
        Encoding => ENCODING,
        Response => RESPONSE,
        Example => EXAMPLE,
        Link => LINK,
        Header => HEADER,
        Tag => TAG,
        Schema => SCHEMA,
        Discriminator => DISCRIMINATOR,
        Xml => XML,
        SecurityScheme => SECURITY_SCHEME,
        OAuthFlows => OAUTH_FLOWS,
        OAuthFlow => OAUTH_FLOW,
        Paths | Responses | Callback | SecurityRequirement | Items => &[],
    }
}

/// What an object holds under the keys that the document chooses (patterned fields).
pub(crate) fn members(object: Object, key: &str) -> Option<Shape> {
    match object {
        Paths if key.starts_with('/') => Some(One(PathItem)),
        Responses if key == "default" || is_status(key) => Some(One(Response)),
        Callback if !key.starts_with("x-") => Some(One(PathItem)),
        SecurityRequirement => Some(Texts),
        _ => None,
    }
}

/// `200` or `2XX` (section 4.7.16; documents in the wild write `2xx` too).
fn is_status(key: &str) -> bool {
    let rest = key.strip_prefix(|c: char| ('1'..='9').contains(&c)).unwrap_or_default();
    let is_code = rest.bytes().all(|b| b.is_ascii_digit());
    rest.len() == 2 && (is_code || rest.eq_ignore_ascii_case("xx"))
}

const DOCUMENT: &[Field] = &[
    required("openapi", Text),
    required("info", One(Info)),
    optional("servers", List(Server)),
    required("paths", One(Paths)),
    optional("components", One(Components)),
    optional("security", List(SecurityRequirement)),
    optional("tags", List(Tag)),
    optional("externalDocs", One(ExternalDocs)),
    // OpenAPI 3.1.1 section 4.8.1; documents of 3.0 that have them mean the same.
    optional("webhooks", Map(PathItem)),
];

const INFO: &[Field] = &[
    required("title", Text),
    optional("description", Text),
    optional("termsOfService", Text),
    optional("contact", One(Contact)),
    optional("license", One(License)),
    required("version", Text),
];

const CONTACT: &[Field] = &[optional("name", Text), optional("url", Text), optional("email", Text)];

const LICENSE: &[Field] = &[required("name", Text), optional("url", Text)];

const SERVER: &[Field] = &[
    required("url", Text),
    optional("description", Text),
    optional("variables", Map(ServerVariable)),
];

const SERVER_VARIABLE: &[Field] =
    &[optional("enum", Texts), required("default", Text), optional("description", Text)];

const COMPONENTS: &[Field] = &[
    optional("schemas", Map(Schema)),
    optional("responses", Map(Response)),
    optional("parameters", Map(Parameter)),
    optional("examples", Map(Example)),
    optional("requestBodies", Map(RequestBody)),
    optional("headers", Map(Header)),
    optional("securitySchemes", Map(SecurityScheme)),
    optional("links", Map(Link)),
    optional("callbacks", Map(Callback)),
];

const PATH_ITEM: &[Field] = &[
    optional("summary", Text),
    optional("description", Text),
    optional("get", One(Operation)),
    optional("put", One(Operation)),
    optional("post", One(Operation)),
    optional("delete", One(Operation)),
    optional("options", One(Operation)),
    optional("head", One(Operation)),
    optional("patch", One(Operation)),
    optional("trace", One(Operation)),
    optional("servers", List(Server)),
    optional("parameters", List(Parameter)),
];

const OPERATION: &[Field] = &[
    optional("tags", Texts),
    optional("summary", Text),
    optional("description", Text),
    optional("externalDocs", One(ExternalDocs)),
    optional("operationId", Text),
    optional("parameters", List(Parameter)),
    optional("requestBody", One(RequestBody)),
    required("responses", One(Responses)),
    optional("callbacks", Map(Callback)),
    optional("deprecated", Flag),
    optional("security", List(SecurityRequirement)),
    optional("servers", List(Server)),
];

const EXTERNAL_DOCS: &[Field] = &[optional("description", Text), required("url", Text)];

const PARAMETER: &[Field] = &[
    required("name", Text),
    required("in", Text),
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("allowEmptyValue", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
    optional("schema", One(Schema)),
    optional("example", Anything),
    optional("examples", Map(Example)),
    optional("content", Map(MediaType)),
];

const REQUEST_BODY: &[Field] = &[
    optional("description", Text),
    required("content", Map(MediaType)),
    optional("required", Flag),
];

const MEDIA_TYPE: &[Field] = &[
    optional("schema", One(Schema)),
    optional("example", Anything),
    optional("examples", Map(Example)),
    optional("encoding", Map(Encoding)),
];

const ENCODING: &[Field] = &[
    optional("contentType", Text),
    optional("headers", Map(Header)),
    optional("style", Text),
    optional("explode", Flag),
    optional("allowReserved", Flag),
];

const RESPONSE: &[Field] = &[
    required("description", Text),
    optional("headers", Map(Header)),
    optional("content", Map(MediaType)),
    optional("links", Map(Link)),
];

const EXAMPLE: &[Field] = &[
    optional("summary", Text),
    optional("description", Text),
    optional("value", Anything),
    optional("externalValue", Text),
];

const LINK: &[Field] = &[
    optional("operationRef", Text),
    optional("operationId", Text),
    optional("parameters", ValueMap),
    optional("requestBody", Anything),
    optional("description", Text),
    optional("server", One(Server)),
];

const HEADER: &[Field] = &[
    optional("description", Text),
    optional("required", Flag),
    optional("deprecated", Flag),
    optional("style", Text),
    optional("explode", Flag),
    optional("schema", One(Schema)),
    optional("example", Anything),
    optional("examples", Map(Example)),
    optional("content", Map(MediaType)),
];

const TAG: &[Field] = &[
    required("name", Text),
    optional("description", Text),
    optional("externalDocs", One(ExternalDocs)),
];

const SCHEMA: &[Field] = &[
    optional("title", Text),
    optional("multipleOf", Number),
    optional("maximum", Number),
    optional("exclusiveMaximum", Flag),
    optional("minimum", Number),
    optional("exclusiveMinimum", Flag),
    optional("maxLength", Count),
    optional("minLength", Count),
    optional("pattern", Text),
    optional("maxItems", Count),
    optional("minItems", Count),
    optional("uniqueItems", Flag),
    optional("maxProperties", Count),
    optional("minProperties", Count),
    optional("required", Texts),
    optional("enum", Values),
    optional("type", Text),
    optional("allOf", List(Schema)),
    optional("oneOf", List(Schema)),
    optional("anyOf", List(Schema)),
    optional("not", One(Schema)),
    optional("items", One(Schema)),
    optional("properties", Map(Schema)),
    optional("additionalProperties", FlagOrSchema),
    optional("description", Text),
    optional("format", Text),
    optional("default", Anything),
    optional("nullable", Flag),
    optional("discriminator", One(Discriminator)),
    optional("readOnly", Flag),
    optional("writeOnly", Flag),
    optional("xml", One(Xml)),
    optional("externalDocs", One(ExternalDocs)),
    optional("example", Anything),
    optional("deprecated", Flag),
];

const DISCRIMINATOR: &[Field] = &[required("propertyName", Text), optional("mapping", TextMap)];

const XML: &[Field] = &[
    optional("name", Text),
    optional("namespace", Text),
    optional("prefix", Text),
    optional("attribute", Flag),
    optional("wrapped", Flag),
];

const SECURITY_SCHEME: &[Field] = &[
    required("type", Text),
    optional("description", Text),
    optional("name", Text),
    optional("in", Text),
    optional("scheme", Text),
    optional("bearerFormat", Text),
    optional("flows", One(OAuthFlows)),
    optional("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Field] = &[
    optional("implicit", One(OAuthFlow)),
    optional("password", One(OAuthFlow)),
    optional("clientCredentials", One(OAuthFlow)),
    optional("authorizationCode", One(OAuthFlow)),
];

const OAUTH_FLOW: &[Field] = &[
    optional("authorizationUrl", Text),
    optional("tokenUrl", Text),
    optional("refreshUrl", Text),
    required("scopes", TextMap),
];
