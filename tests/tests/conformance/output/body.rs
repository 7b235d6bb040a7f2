//! What a function's body does, as far as it can be read off: calls, and fields it sets.

use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Member, Pat};

use super::rust::{Scope, is_conversion, joined};

/// A function or method that is called, and what it is given.
pub(super) struct Called {
    pub(super) function: String,
    pub(super) arguments: Vec<String>,
}

impl Called {
    /// `query("pretty", pretty)`.
    pub(super) fn written(&self) -> String {
        format!("{}({})", self.function, self.arguments.join(", "))
    }
}

/// Everything found in one body, in the order it is evaluated.
pub(super) struct Body<'a> {
    scope: &'a Scope<'a>,
    /// `core.call(…)`, conversions left out.
    pub(super) methods: Vec<Called>,
    /// `Self::new(…)`.
    pub(super) functions: Vec<Called>,
    /// Fields and what they are set to, by assignment to `self` or in a literal of `Self`.
    pub(super) sets: Vec<(String, String)>,
    /// What a `match` looks at, and what each of its patterns gives.
    pub(super) judged: Vec<(String, Vec<(String, String)>)>,
    /// The names bound by `let [a, b] = …`.
    pub(super) bound: Vec<String>,
}

impl<'a> Body<'a> {
    pub(super) fn read(scope: &'a Scope<'a>, block: &Block) -> Self {
        let mut body = Self {
            scope,
            methods: vec![],
            functions: vec![],
            sets: vec![],
            judged: vec![],
            bound: vec![],
        };
        body.visit_block(block);
        body
    }

    /// The fields that get their value from an argument: `[a]`, or `[a = b]` where the two have
    /// different names.
    pub(super) fn set_from(&self, arguments: &[String]) -> String {
        let set = self.sets.iter().filter(|(_, value)| arguments.contains(value));
        let texts =
            set.map(
                |(field, value)| {
                    if field == value { field.clone() } else { format!("{field} = {value}") }
                },
            );
        format!("[{}]", joined(texts))
    }

    /// `A | B` of `Some(A | B)`.
    fn pattern(&self, pattern: &Pat) -> String {
        match pattern {
            Pat::TupleStruct(some) => joined(some.elems.iter().map(|inner| self.pattern(inner))),
            Pat::Path(path) => self.scope.path(&path.path),
            Pat::Wild(_) => "anything else".into(),
            Pat::Or(or) => {
                or.cases.iter().map(|case| self.pattern(case)).collect::<Vec<_>>().join(" | ")
            }
            _ => "a pattern this test does not know".into(),
        }
    }

    fn set(&mut self, field: &Member, value: &Expr) {
        if let Member::Named(field) = field {
            self.sets.push((field.unraw().to_string(), self.scope.expr(value)));
        }
    }
}

impl<'ast> Visit<'ast> for Body<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let function = call.method.to_string();
        if !is_conversion(&function) {
            let arguments = call.args.iter().map(|argument| self.scope.expr(argument)).collect();
            self.methods.push(Called { function, arguments });
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        visit::visit_expr_call(self, call);
        let arguments = call.args.iter().map(|argument| self.scope.expr(argument)).collect();
        self.functions.push(Called { function: self.scope.expr(&call.func), arguments });
    }

    fn visit_expr_match(&mut self, judge: &'ast syn::ExprMatch) {
        visit::visit_expr_match(self, judge);
        let arms =
            judge.arms.iter().map(|arm| (self.pattern(&arm.pat), self.scope.expr(&arm.body)));
        let arms = arms.collect();
        self.judged.push((self.scope.expr(&judge.expr), arms));
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        visit::visit_expr_assign(self, assign);
        if let Expr::Field(target) = &*assign.left {
            self.set(&target.member, &assign.right);
        }
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        visit::visit_field_value(self, field);
        self.set(&field.member, &field.expr);
    }

    fn visit_pat_slice(&mut self, pattern: &'ast syn::PatSlice) {
        visit::visit_pat_slice(self, pattern);
        self.bound.extend(pattern.elems.iter().filter_map(|element| match element {
            Pat::Ident(element) => Some(element.ident.unraw().to_string()),
            _ => None,
        }));
    }
}
