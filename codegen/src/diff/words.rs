//! What a step of a call says of the wire, in the words of OpenAPI and HTTP. One that has no words here is
//! told without any, for [`Wire`](super::wire::Wire) holds the code too.

use syn::visit::Visit;
use syn::{Expr, Lit};

use super::calls::{Arguments, Known, Step, chain};
use super::surface::text;
use crate::names::wire::wire_of_field;

/// One thing that is so on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// What it is about: "the query parameter `limit`".
    pub(super) of: String,
    /// What is said of it: "style `form`".
    pub(super) is: String,
    /// Whether what it is about says enough where the other side lacks it.
    pub(super) stands_alone: bool,
}

impl Fact {
    pub(super) fn new(of: impl Into<String>, is: impl Into<String>) -> Self {
        Self { of: of.into(), is: is.into(), stands_alone: false }
    }

    /// Of something that has a name.
    pub(super) fn named(of: impl Into<String>, is: impl Into<String>) -> Self {
        Self { stands_alone: true, ..Self::new(of, is) }
    }

    pub(super) fn whole(&self) -> String {
        if self.stands_alone { self.of.clone() } else { format!("{}: {}", self.of, self.is) }
    }
}

/// The words for one step; none for one that has none.
pub(super) fn step(
    name: &str,
    arguments: &[&Expr],
    of_function: &Arguments,
    parts: &[String],
) -> Vec<Fact> {
    let first = arguments.first().and_then(|one| literal(one));
    let last = arguments.last().copied();
    let given = |style: String| {
        let value = arguments.get(1).copied();
        let always = value.and_then(literal).map(|value| format!("always {}", code(&value)));
        let which = always.or_else(|| of_function.which(value?));
        [which, Some(style)].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let styled = || last.map(style).unwrap_or_default();
    let number = |name: &str| {
        let at = parts.iter().position(|part| part == name).map_or(0, |at| at + 1);
        format!("variable part {at} of the path")
    };
    let media_type = |usual: &str| match (name.ends_with("_of_type"), arguments.get(1)) {
        (true, Some(media_type)) => literal(media_type).as_deref().map(code).unwrap_or_default(),
        _ => usual.to_owned(),
    };
    let fact = match (name, &first) {
        ("path", Some(name)) => Fact::named(number(name), given(usual("simple"))),
        ("path_styled", Some(name)) => Fact::named(number(name), given(styled())),
        ("query", Some(name)) => Fact::named(query(name), given(usual("form"))),
        ("query_styled", Some(name)) => Fact::named(query(name), given(styled())),
        ("query_list", Some(name)) => {
            let is_exploded = last.is_some_and(|last| text(last) == "true");
            let style = format!("{}, {}", usual("form"), exploded(is_exploded));
            Fact::named(query(name), given(style))
        }
        ("header", Some(name)) => Fact::named(header(name), given(usual("simple"))),
        ("header_styled", Some(name)) => Fact::named(header(name), given(styled())),
        ("cookie", Some(name)) => Fact::named(cookie(name), given(styled())),
        ("part" | "parts" | "part_of_type" | "parts_of_type", Some(part)) => {
            Fact::named(format!("the part {}", code(part)), media_type("as it is given"))
        }
        ("part_value" | "part_value_of_type", Some(part)) => {
            Fact::named(format!("the part {}", code(part)), media_type("a value by its kind"))
        }
        ("part_json" | "part_json_of_type", Some(part)) => {
            Fact::named(format!("the part {}", code(part)), media_type("JSON"))
        }
        ("json", None) => Fact::new("the body", "JSON"),
        ("form", None) => {
            let styles = arguments.get(1).map(|styles| form(styles)).unwrap_or_default();
            return std::iter::once(Fact::new("the body", "a form")).chain(styles).collect();
        }
        ("multipart", None) => Fact::new("the body", "parts"),
        ("text", None) if arguments.len() == 1 => Fact::new("the body", "text"),
        ("body", None) if arguments.len() == 1 => Fact::new("the body", "bytes"),
        ("accept", Some(types)) => Fact::new("`Accept`", code(types)),
        ("content_type", Some(types)) => Fact::new("`Content-Type`", code(types)),
        ("success", None) => Fact::new("the statuses of success", list(elements(last))),
        ("servers", None) => Fact::new("the servers", list(elements(last))),
        ("variables", None) => Fact::new("the variables of the servers", list(elements(last))),
        ("demanded", None) => Fact::new("the variables without a default", list(elements(last))),
        ("error_code", Some(at)) => Fact::new("the name of an error", code(at)),
        ("server", Some(url)) => Fact::new("the server", code(url)),
        ("unlocated", None) => Fact::new("the server", "the URL that the caller gives"),
        ("nonempty", None) => Fact::named("`x-specwright-nonempty`", ""),
        ("envelope", Some(_)) => {
            Fact::new("the envelope", list(arguments.iter().map(|one| shown(one))))
        }
        ("pages", None) => Fact::new("pages", last.map(pages).unwrap_or_default()),
        ("events", None) => {
            let end = last.map(literals).unwrap_or_default();
            let end = if end.is_empty() { "nothing".to_owned() } else { list(end) };
            Fact::new("what ends the stream", end)
        }
        ("wait_json_for_status", None) => {
            Fact::new("the status that is waited for", list(arguments.iter().map(|one| shown(one))))
        }
        _ => return Vec::new(),
    };
    vec![fact]
}

pub(super) fn query(name: &str) -> String {
    format!("the query parameter {}", code(name))
}

pub(super) fn header(name: &str) -> String {
    format!("the header {}", code(name))
}

pub(super) fn cookie(name: &str) -> String {
    format!("the cookie {}", code(name))
}

fn usual(style: &str) -> String {
    format!("style {}", code(style))
}

/// `v1::Style::DEEP_OBJECT.exploded()` as the document has it.
fn style(expression: &Expr) -> String {
    let (root, steps) = chain(expression);
    let root = text(root);
    let form = root.rsplit("::").next().unwrap_or_default().to_ascii_lowercase();
    if form == "json" {
        return "JSON".to_owned();
    }
    let has = |name: &str| steps.iter().any(|step| step.name == name);
    let reserved = if has("reserved") { ", with reserved characters" } else { "" };
    format!("{}, {}{reserved}", usual(&wire_of_field(&form)), exploded(has("exploded")))
}

fn exploded(is_exploded: bool) -> &'static str {
    if is_exploded { "exploded" } else { "not exploded" }
}

/// How the fields of a form are written that are not written as usual.
fn form(styles: &Expr) -> Vec<Fact> {
    let fields = items(styles).into_iter().filter_map(|pair| match pair {
        Expr::Tuple(pair) => {
            let name = pair.elems.first().and_then(literal)?;
            let is = pair.elems.get(1).map(style)?;
            Some(Fact::new(format!("the field {} of the form", code(&name)), is))
        }
        _ => None,
    });
    fields.collect()
}

/// Who may call, by the types that log in: one of the sets, and of that all.
pub(super) fn logins(sets: &Expr, known: &Known) -> String {
    let sets = items(sets).into_iter().map(|set| {
        let names = items(set).into_iter().filter_map(literal);
        let names = names.map(|name| code(known.logins.get(&name).unwrap_or(&name)));
        let names: Vec<String> = names.collect();
        if names.is_empty() { "none".to_owned() } else { names.join(" with ") }
    });
    sets.collect::<Vec<_>>().join(" or ")
}

/// How one page leads to the next.
fn pages(paging: &Expr) -> String {
    let (root, steps) = chain(paging);
    let mut words = match root {
        Expr::Call(call) => {
            let kind = text(&call.func);
            let by = match kind.rsplit("::").next().unwrap_or_default() {
                "link" => "by links in the answer".to_owned(),
                "link_header" => "by the header `Link`".to_owned(),
                kind => format!("by {kind}"),
            };
            let values: Vec<String> = call.args.iter().map(shown).collect();
            vec![[vec![by], values].concat().join(" ")]
        }
        _ => Vec::new(),
    };
    for Step { name, arguments } in steps {
        let way = arguments.into_iter().flat_map(literals).collect::<Vec<_>>().join(" ");
        words.push(format!("{name} at {way}"));
    }
    words.join(", ")
}

/// What a list written as `&[…]` holds.
fn items(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Reference(inner) => items(&inner.expr),
        Expr::Array(array) => array.elems.iter().collect(),
        _ => Vec::new(),
    }
}

fn elements(list: Option<&Expr>) -> Vec<String> {
    let items = list.map(items).unwrap_or_default();
    items
        .into_iter()
        .map(|item| match item {
            Expr::Tuple(pair) => pair.elems.iter().map(shown).collect::<Vec<_>>().join(" = "),
            other => shown(other),
        })
        .collect()
}

/// Every literal of an expression.
pub(super) fn literals(expression: &Expr) -> Vec<String> {
    struct Literals(Vec<String>);
    impl Visit<'_> for Literals {
        fn visit_lit(&mut self, lit: &Lit) {
            self.0.push(value(lit));
        }
    }
    let mut literals = Literals(Vec::new());
    literals.visit_expr(expression);
    literals.0
}

pub(super) fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Reference(inner) => literal(&inner.expr),
        _ => None,
    }
}

/// A value as it stands on the wire, where it is a text.
pub(super) fn shown(expression: &Expr) -> String {
    match expression {
        Expr::Lit(lit) => value(&lit.lit),
        Expr::MethodCall(call) => shown(&call.receiver),
        other => code(&text(other)),
    }
}

pub(super) fn value(lit: &Lit) -> String {
    match lit {
        Lit::Str(text) => code(&text.value()),
        other => code(&text(other)),
    }
}

pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}

pub(super) fn list(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().collect::<Vec<_>>().join(", ")
}
