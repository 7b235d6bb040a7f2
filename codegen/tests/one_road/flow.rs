//! Where that comes from which a `quote!` interpolates.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Pat};

use crate::known::{Functions, is_harmless, words};
use crate::{Source, walls};

/// Methods that hand on what they are called on.
const SAME: [&str; 12] = [
    "iter",
    "into_iter",
    "clone",
    "cloned",
    "collect",
    "rev",
    "filter",
    "as_ref",
    "as_slice",
    "flatten",
    "to_owned",
    "unwrap_or_default",
];

/// What is interpolated and is not known to be tokens.
pub(crate) fn problems(sources: &[Source]) -> Vec<String> {
    follow(sources).0
}

/// How many interpolations there are.
pub(crate) fn interpolations(sources: &[Source]) -> usize {
    follow(sources).1
}

fn follow(sources: &[Source]) -> (Vec<String>, usize) {
    let makers = || sources.iter().filter(|source| walls::makes_tokens(&source.path));
    let mut functions = Functions::default();
    makers().for_each(|source| functions.gather(source));
    let (mut problems, mut seen) = (Vec::new(), 0);
    for source in makers() {
        let mut flow = Flow {
            path: &source.path,
            functions: &functions,
            function: String::new(),
            scopes: vec![BTreeMap::new()],
            problems: Vec::new(),
            seen: 0,
        };
        flow.visit_file(&source.syntax);
        problems.extend(flow.problems);
        seen += flow.seen;
    }
    (problems, seen)
}

/// The arguments of a macro that takes expressions.
pub(crate) fn arguments(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let list = Punctuated::<Expr, syn::Token![,]>::parse_terminated(input)?;
    Ok(list.into_iter().collect())
}

/// One file, with what is known of the names in scope: whether they are nothing but tokens, or, of a
/// closure, give nothing else.
struct Flow<'s> {
    path: &'s str,
    functions: &'s Functions,
    function: String,
    scopes: Vec<BTreeMap<String, bool>>,
    problems: Vec<String>,
    seen: usize,
}

impl Flow<'_> {
    fn within<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.scopes.push(BTreeMap::new());
        let result = work(self);
        self.scopes.pop();
        result
    }

    fn define(&mut self, name: String, gives: bool) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name, gives);
        }
    }

    fn known(&self, name: &str) -> Option<bool> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).copied()
    }

    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let before = std::mem::replace(&mut self.function, signature.ident.to_string());
        self.within(|flow| {
            for input in &signature.inputs {
                if let syn::FnArg::Typed(typed) = input {
                    flow.bind(&typed.pat, is_harmless(&typed.ty));
                }
            }
            flow.block(block);
        });
        self.function = before;
    }

    /// Whether the value of a block is tokens.
    fn block(&mut self, block: &syn::Block) -> bool {
        self.within(|flow| {
            let mut gives = false;
            for statement in &block.stmts {
                gives = match statement {
                    syn::Stmt::Local(local) => {
                        flow.local(local);
                        false
                    }
                    syn::Stmt::Expr(value, end) => flow.value(value) && end.is_none(),
                    syn::Stmt::Macro(called) => {
                        flow.called(&called.mac) && called.semi_token.is_none()
                    }
                    syn::Stmt::Item(item) => {
                        flow.visit_item(item);
                        false
                    }
                };
            }
            gives
        })
    }

    fn local(&mut self, local: &syn::Local) {
        let Some(init) = &local.init else { return self.bind(&local.pat, false) };
        if let Some((_, otherwise)) = &init.diverge {
            self.value(otherwise);
        }
        let gives = self.values(&init.expr);
        self.bind_each(&local.pat, &gives);
    }

    /// Of a tuple each, of anything else the one.
    fn values(&mut self, value: &Expr) -> Vec<bool> {
        match value {
            Expr::Tuple(tuple) => tuple.elems.iter().map(|one| self.value(one)).collect(),
            other => vec![self.value(other)],
        }
    }

    /// Gives the names of a pattern what is known of the values.
    fn bind_each(&mut self, pattern: &Pat, gives: &[bool]) {
        match pattern {
            Pat::Tuple(tuple) if tuple.elems.len() == gives.len() => {
                tuple.elems.iter().zip(gives).for_each(|(one, gives)| self.bind(one, *gives));
            }
            Pat::Or(cases) => cases.cases.iter().for_each(|one| self.bind_each(one, gives)),
            other => self.bind(other, gives.iter().all(|gives| *gives)),
        }
    }

    /// Gives the names of a pattern what is known of the value.
    fn bind(&mut self, pattern: &Pat, gives: bool) {
        match pattern {
            Pat::Ident(name) => self.define(name.ident.to_string(), gives),
            Pat::Type(typed) => self.bind(&typed.pat, gives || is_harmless(&typed.ty)),
            Pat::Reference(inner) => self.bind(&inner.pat, gives),
            Pat::Tuple(tuple) => tuple.elems.iter().for_each(|one| self.bind(one, gives)),
            Pat::TupleStruct(variant) => {
                let last = variant.path.segments.last().map(|step| step.ident.to_string());
                let is_same = matches!(last.as_deref(), Some("Some" | "Ok"));
                variant.elems.iter().for_each(|one| self.bind(one, gives && is_same));
            }
            Pat::Struct(all) => all.fields.iter().for_each(|one| self.bind(&one.pat, false)),
            Pat::Slice(slice) => slice.elems.iter().for_each(|one| self.bind(one, gives)),
            Pat::Or(cases) => cases.cases.iter().for_each(|one| self.bind(one, gives)),
            Pat::Paren(inner) => self.bind(&inner.pat, gives),
            _ => {}
        }
    }

    /// Whether an expression is nothing but tokens, or a text of our own.
    fn value(&mut self, value: &Expr) -> bool {
        match value {
            Expr::Lit(_) => true,
            Expr::Macro(called) => self.called(&called.mac),
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| {
                name == "None" || self.known(&name.to_string()).unwrap_or_default()
            }),
            Expr::Reference(inner) => self.value(&inner.expr),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Try(inner) => self.value(&inner.expr),
            Expr::Block(block) => self.block(&block.block),
            Expr::Tuple(_) => self.values(value).into_iter().all(|gives| gives),
            Expr::Return(_) | Expr::Continue(_) | Expr::Break(_) => {
                visit::visit_expr(self, value);
                true
            }
            Expr::Closure(closure) => self.closure(closure, false),
            Expr::If(choice) => self.choice(choice),
            Expr::Match(choice) => {
                let of = self.values(&choice.expr);
                let arm = |flow: &mut Self, arm: &syn::Arm| {
                    flow.within(|flow| {
                        flow.bind_each(&arm.pat, &of);
                        flow.value(&arm.body)
                    })
                };
                let gives: Vec<bool> = choice.arms.iter().map(|one| arm(self, one)).collect();
                gives.into_iter().all(|gives| gives)
            }
            Expr::ForLoop(walk) => {
                let of = self.value(&walk.expr);
                self.within(|flow| {
                    flow.bind(&walk.pat, of);
                    flow.block(&walk.body);
                });
                false
            }
            Expr::Field(field) => match (&*field.base, &field.member) {
                (Expr::Path(of), syn::Member::Named(name)) if of.path.is_ident("self") => {
                    self.functions.has(self.path, &name.to_string())
                }
                _ => {
                    visit::visit_expr(self, value);
                    false
                }
            },
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(call),
            _ => {
                visit::visit_expr(self, value);
                false
            }
        }
    }

    fn choice(&mut self, choice: &syn::ExprIf) -> bool {
        let then = self.within(|flow| {
            if let Expr::Let(condition) = &*choice.cond {
                let of = flow.value(&condition.expr);
                flow.bind(&condition.pat, of);
            } else {
                flow.value(&choice.cond);
            }
            flow.block(&choice.then_branch)
        });
        match &choice.else_branch {
            Some((_, otherwise)) => self.value(otherwise) && then,
            None => false,
        }
    }

    /// What a closure gives, whose arguments are tokens or not.
    fn closure(&mut self, closure: &syn::ExprClosure, of: bool) -> bool {
        self.within(|flow| {
            for input in &closure.inputs {
                flow.bind(input, of);
            }
            flow.value(&closure.body)
        })
    }

    /// What a function gives that is called or handed on.
    fn gives(&self, path: &syn::Path) -> bool {
        let steps: Vec<String> = path.segments.iter().map(|step| step.ident.to_string()).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps[..] {
            ["Vec" | "TokenStream", "new"] => true,
            ["Literal", kind] => kind.ends_with("_unsuffixed"),
            ["Self" | "Vec" | "String", ..] => false,
            [name] if self.known(name).is_some() => self.known(name).unwrap_or_default(),
            [.., name] => self.functions.gives(self.path, name),
            [] => false,
        }
    }

    fn call(&mut self, call: &syn::ExprCall) -> bool {
        let arguments: Vec<bool> = call.args.iter().map(|one| self.value(one)).collect();
        let Expr::Path(function) = &*call.func else { return false };
        match function.path.get_ident().map(ToString::to_string).as_deref() {
            Some("Some" | "Ok" | "Box") => arguments.into_iter().all(|gives| gives),
            Some("Err") => true,
            _ => self.gives(&function.path),
        }
    }

    fn method(&mut self, call: &syn::ExprMethodCall) -> bool {
        let of = self.value(&call.receiver);
        let arguments: Vec<bool> = call
            .args
            .iter()
            .map(|argument| match argument {
                Expr::Closure(closure) => self.closure(closure, of),
                Expr::Path(path) => self.value(argument) || self.gives(&path.path),
                other => self.value(other),
            })
            .collect();
        let all = !arguments.is_empty() && arguments.into_iter().all(|gives| gives);
        match call.method.to_string().as_str() {
            "map" | "filter_map" | "flat_map" | "and_then" | "then" | "then_some" | "map_or"
            | "map_or_else" => all,
            "unwrap_or" | "unwrap_or_else" | "or" | "or_else" | "chain" => of && all,
            same if SAME.contains(&same) => of,
            own => self.functions.has(self.path, own),
        }
    }

    fn called(&mut self, called: &syn::Macro) -> bool {
        let name = called.path.segments.last().map(|step| step.ident.to_string());
        if name.as_deref() == Some("quote") {
            self.interpolated(called.tokens.clone());
            return true;
        }
        match called.parse_body_with(arguments) {
            Ok(arguments) => {
                let gives: Vec<bool> = arguments.iter().map(|one| self.value(one)).collect();
                name.as_deref() == Some("vec") && gives.into_iter().all(|gives| gives)
            }
            Err(_) => {
                if words(called.tokens.clone()).iter().any(|word| word == "quote") {
                    self.refuse("a `quote!` inside of another macro");
                }
                false
            }
        }
    }

    fn interpolated(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let is_marked = at.checked_sub(1).is_some_and(
                |at| matches!(&tokens[at], TokenTree::Punct(punct) if punct.as_char() == '#'),
            );
            match token {
                TokenTree::Ident(name) if is_marked => {
                    self.seen += 1;
                    if !self.known(&name.to_string()).unwrap_or_default() {
                        self.refuse(&format!("`#{name}`"));
                    }
                }
                TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                    self.interpolated(group.stream());
                }
                _ => {}
            }
        }
    }

    fn refuse(&mut self, what: &str) {
        let (path, function) = (self.path, &self.function);
        self.problems.push(format!(
            "{path}, `{function}`: {what} is not known to be tokens: use `text`, `docs` or `ident`"
        ));
    }
}

impl<'s> Visit<'s> for Flow<'_> {
    fn visit_file(&mut self, file: &'s syn::File) {
        // Constants of the file are texts of our own.
        for item in &file.items {
            if let syn::Item::Const(constant) = item {
                let gives = matches!(&*constant.expr, Expr::Lit(_));
                self.define(constant.ident.to_string(), gives);
            }
        }
        visit::visit_file(self, file);
    }

    fn visit_item_fn(&mut self, function: &'s syn::ItemFn) {
        self.body(&function.sig, &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'s syn::ImplItemFn) {
        self.body(&function.sig, &function.block);
    }

    fn visit_expr(&mut self, value: &'s Expr) {
        self.value(value);
    }

    fn visit_block(&mut self, block: &'s syn::Block) {
        self.block(block);
    }
}
