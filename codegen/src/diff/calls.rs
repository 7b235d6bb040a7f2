//! What the statics and functions of a client say of the wire, step by step.
//!
//! A call is a chain of the runtime's steps, and a step is named after what it does.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, Pat};

use super::surface::text;
use super::wire::Wire;
use super::words::{Fact, code, list, literal, logins, shown, step, value};

/// What is known of the client where a call is read.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The names of the variable parts of the path, by the operation's static. They stay in the client.
    pub(super) parts: BTreeMap<String, Vec<String>>,
    /// The types of the logins, by the names that only the client has for them.
    pub(super) logins: BTreeMap<String, String>,
}

/// One link of a chain.
pub(super) struct Step<'a> {
    pub(super) name: String,
    pub(super) arguments: Vec<&'a Expr>,
}

/// The links of a chain, the first one first, and what it begins with.
pub(super) fn chain(expression: &Expr) -> (&Expr, Vec<Step<'_>>) {
    match expression {
        Expr::MethodCall(call) => {
            let (root, mut steps) = chain(&call.receiver);
            let name = call.method.to_string();
            steps.push(Step { name, arguments: call.args.iter().collect() });
            (root, steps)
        }
        Expr::Reference(inner) => chain(&inner.expr),
        Expr::Paren(inner) => chain(&inner.expr),
        other => (other, Vec::new()),
    }
}

/// A static: what never changes of an operation, or of the client as a whole. The operation's id, and name
/// and version of the client, stay with the client.
pub(super) fn fixed(name: &str, expression: &Expr, known: &mut Known) -> Wire {
    let (root, steps) = chain(expression);
    let mut wire = Wire::default();
    if let Expr::Call(call) = root
        && let (Some(method), Some(path)) = (call.args.first(), call.args.get(2).and_then(literal))
    {
        let (path, parts) = template(&path);
        known.parts.insert(name.to_owned(), parts);
        let method = text(method).rsplit("::").next().map(code).unwrap_or_default();
        wire.facts = vec![Fact::new("the method", method), Fact::new("the path", code(&path))];
    }
    for Step { name, arguments } in &steps {
        let facts = match (name.as_str(), arguments.as_slice()) {
            ("security", [sets]) => vec![Fact::new("the login", logins(sets, known))],
            _ => step(name, arguments, &Arguments::default(), &[]),
        };
        if facts.is_empty() {
            wire.code.push_str(&format!(".{name}({})", list(arguments.iter().map(text))));
        }
        wire.facts.extend(facts);
    }
    wire
}

/// A path without the names of its variable parts, and these.
fn template(path: &str) -> (String, Vec<String>) {
    let (mut out, mut names, mut rest) = (String::new(), Vec::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str("{}");
        names.push(name.to_owned());
        rest = after;
    }
    (out + rest, names)
}

/// What a function takes, by name: only the order matters to who calls it.
#[derive(Debug, Default)]
pub(super) struct Arguments(Vec<String>);

impl Arguments {
    pub(super) fn of(signature: &syn::Signature) -> Self {
        let names = signature.inputs.iter().map(|input| match input {
            syn::FnArg::Receiver(_) => "self".to_owned(),
            syn::FnArg::Typed(typed) => text(&typed.pat).trim_start_matches("mut ").to_owned(),
        });
        Self(names.collect())
    }

    /// Code with its arguments numbered.
    fn numbered(&self, tokens: TokenStream) -> String {
        let mut out = String::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::None => ("", ""),
                    };
                    // A comma at the end says that a line was broken.
                    let inner = self.numbered(group.stream());
                    let inner = inner.trim_end_matches([',', ' ']);
                    out.push_str(&format!("{open}{inner}{close} "));
                }
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    match self.0.iter().position(|one| *one == name) {
                        Some(at) if name != "self" => out.push_str(&format!("${at} ")),
                        _ => out.push_str(&format!("{name} ")),
                    }
                }
                other => out.push_str(&format!("{other} ")),
            }
        }
        out
    }

    /// Which of them a value is made of: "argument 2".
    pub(super) fn which(&self, value: &Expr) -> Option<String> {
        let numbered = self.numbered(value.to_token_stream());
        let (_, rest) = numbered.split_once('$')?;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        Some(format!("argument {digits}"))
    }
}

/// What a method does for a call, by the steps that it takes.
pub(super) fn body(signature: &syn::Signature, block: &syn::Block, known: &Known) -> Wire {
    struct Chains<'a> {
        found: Vec<Fact>,
        /// What the variable parts of the path are called.
        names: Vec<String>,
        arguments: &'a Arguments,
        known: &'a Known,
    }
    impl Visit<'_> for Chains<'_> {
        fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
            let whole = Expr::MethodCall(call.clone());
            let (root, steps) = chain(&whole);
            self.visit_expr(root);
            let parts = steps.iter().find_map(|step| parts(step, self.known)).unwrap_or_default();
            for Step { name, arguments } in &steps {
                self.found.extend(step(name, arguments, self.arguments, &parts));
                arguments.iter().for_each(|argument| self.visit_expr(argument));
            }
            self.names.extend(parts);
        }

        fn visit_arm(&mut self, arm: &syn::Arm) {
            let body = text(&arm.body);
            let of = ["Reached", "Failed"].into_iter().find(|end| body.ends_with(end));
            if let Some(of) = of {
                let of = match of {
                    "Reached" => "the states that are waited for",
                    _ => "the states that fail",
                };
                self.found.push(Fact::new(of, list(states(&arm.pat))));
            }
            self.visit_expr(&arm.body);
        }
    }
    let arguments = Arguments::of(signature);
    // A setter is told from others by its own name already.
    let shown = match signature.receiver() {
        Some(_) => Arguments::default(),
        None => Arguments(arguments.0.clone()),
    };
    let mut chains = Chains { found: Vec::new(), names: Vec::new(), arguments: &shown, known };
    chains.visit_block(block);
    let code = arguments.numbered(block.to_token_stream());
    // They stay in the client.
    let names = chains.names.iter();
    let code = names.fold(code, |code, name| code.replace(&format!("{name:?}"), "\"\""));
    Wire { facts: chains.found, code }
}

/// The names of the variable parts of the path, where a chain begins with the call of an operation.
fn parts(step: &Step<'_>, known: &Known) -> Option<Vec<String>> {
    let [operation] = step.arguments.as_slice() else { return None };
    let name = text(operation);
    let name = name.trim_start_matches('&').trim();
    (step.name == "call").then(|| known.parts.get(name).cloned())?
}

/// What a pattern lists: literals, and variants by name.
fn states(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Or(or) => or.cases.iter().flat_map(states).collect(),
        Pat::Paren(inner) => states(&inner.pat),
        Pat::TupleStruct(of) => of.elems.iter().flat_map(states).collect(),
        Pat::Lit(lit) => vec![value(&lit.lit)],
        Pat::Path(path) => path
            .path
            .segments
            .last()
            .map(|last| code(&last.ident.to_string()))
            .into_iter()
            .collect(),
        other => vec![code(&text(other))],
    }
}

/// The fields that a constructor sets by itself: those that can be one thing alone.
pub(super) fn constants(block: &syn::Block) -> Wire {
    struct Constants(Vec<Fact>);
    impl Visit<'_> for Constants {
        fn visit_field_value(&mut self, field: &syn::FieldValue) {
            let value = &field.expr;
            let is_constant = match value {
                Expr::Lit(_) | Expr::Unary(_) => true,
                Expr::MethodCall(call) => matches!(*call.receiver, Expr::Lit(_)),
                Expr::Path(path) => path.path.segments.len() > 1 && !text(path).ends_with("Absent"),
                _ => false,
            };
            if is_constant {
                let name = text(&field.member);
                let name = name.trim_start_matches("r#");
                self.0.push(Fact::new(format!("the field {}", code(name)), said(value)));
            }
        }
    }
    let mut constants = Constants(Vec::new());
    constants.visit_block(block);
    Wire { facts: constants.0, code: String::new() }
}

/// A value that a field always has; of an enum by its name, whichever enum that is.
fn said(value: &Expr) -> String {
    match value {
        Expr::Path(path) => {
            let last = path.path.segments.last().map(|last| last.ident.to_string());
            format!("the variant {}", code(&last.unwrap_or_default()))
        }
        other => shown(other),
    }
}

/// The value of a constant: a default of the server, the name of a header.
pub(super) fn constant(name: &str, expression: &Expr) -> Wire {
    let of = if name.starts_with("DEFAULT_") { "the server's default" } else { "the value" };
    let fact = match expression {
        Expr::Call(call) if text(&call.func) == "Header::new" => {
            Fact::new("the header", list(call.args.iter().map(shown)))
        }
        other => Fact::new(of, shown(other)),
    };
    Wire { facts: vec![fact], code: text(expression) }
}

/// What the arms of a `match` say of the variants that they are for, by name: which status an answer is
/// read from, how a body is sent.
pub(super) fn arms(block: &syn::Block) -> Vec<(String, Wire)> {
    struct Arms(Vec<(String, Wire)>);
    impl Visit<'_> for Arms {
        fn visit_arm(&mut self, arm: &syn::Arm) {
            let (pattern, body) = (text(&arm.pat), text(&arm.body));
            let variant = |text: &str| {
                let (_, rest) = text.split_once("Self::")?;
                Some(rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?.to_owned())
            };
            if let Some(name) = variant(&pattern) {
                let (_, steps) = chain(&arm.body);
                let each = steps.iter();
                let facts = each
                    .flat_map(|one| step(&one.name, &one.arguments, &Arguments::default(), &[]));
                self.0.push((name, Wire { facts: facts.collect(), code: body }));
            } else if let Some(name) = variant(&body) {
                let status = if pattern == "_" { "every other".to_owned() } else { code(&pattern) };
                let facts = vec![Fact::new("the status", status)];
                self.0.push((name, Wire { facts, code: body }));
            }
        }
    }
    let mut arms = Arms(Vec::new());
    arms.visit_block(block);
    arms.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That the enum is another is told of the field.
    #[test]
    fn a_field_that_is_always_one_variant_is_that_of_any_enum() {
        let of = |text: &str| constants(&syn::parse_str(text).unwrap());
        let bird = of("{ Self { kind: AnimalKind::Bird, name: None } }");
        assert_eq!(bird, of("{ Self { kind: BirdKind::Bird, name: None } }"));
        let told = bird.differing(&of("{ Self { kind: AnimalKind::Cat, name: None } }"));
        assert_eq!(told, ["the field `kind`: the variant `Bird` becomes the variant `Cat`"]);
    }
}
