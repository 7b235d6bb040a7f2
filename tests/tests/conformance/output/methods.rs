//! Inherent methods: what they take, what they give, and what their bodies do with it.

use syn::ext::IdentExt;
use syn::{FnArg, ImplItem, ImplItemFn, ItemImpl, Pat, ReturnType};

use super::body::{Body, Called};
use super::items::is_public;
use super::rust::{Scope, joined};
use crate::surface::Surface;

/// Writes down every public method, and the call constructors, which only the client may call.
pub(super) fn describe_impl(scope: &Scope<'_>, item: &ItemImpl, surface: &mut Surface) {
    let place = scope.ty(&item.self_ty);
    for item in &item.items {
        match item {
            ImplItem::Fn(method) if is_public(&method.vis) || scope.module == "operations" => {
                let method = Method::read(scope, method);
                surface.add(format!("{place}::{}", method.name), method.fact(scope));
            }
            ImplItem::Fn(_) => {}
            _ => surface.problem(format!("{place}: an associated item this test does not know")),
        }
    }
}

struct Method<'a> {
    name: String,
    /// Names and types, `self` with an empty type; the client's core is left out.
    arguments: Vec<(String, String)>,
    gives: String,
    body: Body<'a>,
}

impl<'a> Method<'a> {
    fn read(scope: &'a Scope<'a>, method: &ImplItemFn) -> Self {
        let arguments = method.sig.inputs.iter().map(|argument| match argument {
            FnArg::Receiver(_) => ("self".to_owned(), String::new()),
            FnArg::Typed(argument) => {
                let name = match &*argument.pat {
                    Pat::Ident(name) => name.ident.unraw().to_string(),
                    _ => "a pattern".into(),
                };
                (name, scope.ty(&argument.ty))
            }
        });
        Self {
            name: method.sig.ident.unraw().to_string(),
            arguments: arguments
                .filter(|(_, ty)| ty != "&specwright_runtime::codegen::v1::Core")
                .collect(),
            gives: match &method.sig.output {
                ReturnType::Default => "()".into(),
                ReturnType::Type(_, ty) => scope.ty(ty),
            },
            body: Body::read(scope, &method.block),
        }
    }

    fn fact(&self, scope: &Scope<'_>) -> String {
        let arguments = self.arguments.iter().map(|(name, ty)| match ty.as_str() {
            "" => name.clone(),
            ty => format!("{name}: {ty}"),
        });
        let arguments = format!("({})", joined(arguments));
        let signature = format!("{arguments} -> {}", self.gives);
        match (scope.module, self.name.as_str()) {
            ("types", _) => format!("{signature} sets {}", self.body.set_from(&self.names())),
            ("operations", "new") => {
                format!("{arguments} calls {} with {}", self.record(scope), self.methods(&["call"]))
            }
            ("operations", name) if name.starts_with("send") => {
                format!(
                    "{signature} by {}",
                    joined(self.body.methods.iter().map(|called| called.function.clone()))
                )
            }
            ("operations", "and_wait") => format!("{signature} {}", self.asks(1)),
            ("operations", name) if name.starts_with("wait_until") => {
                format!("{signature} {}", self.judges())
            }
            ("operations", _) => format!("{signature} with {}", self.methods(&[])),
            ("client", "builder" | "with_options") => signature,
            ("client", name) if name.starts_with("wait_until") => {
                format!("{signature} {}", self.asks(1))
            }
            ("client", _) => format!("{signature} passes {}", self.passed()),
            ("credentials", "from_env") => format!("{signature} reads {}", self.variables()),
            ("credentials", _) => format!("{signature} wraps {}", self.wrapped()),
            _ => signature,
        }
    }

    fn names(&self) -> Vec<String> {
        self.arguments.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The id of the operation whose record the call is made from.
    fn record(&self, scope: &Scope<'_>) -> String {
        let called = self.body.methods.iter().find(|called| called.function == "call");
        let record =
            called.and_then(|called| called.arguments.first()).cloned().unwrap_or_default();
        scope
            .operations
            .get(&record)
            .cloned()
            .unwrap_or_else(|| format!("the unknown record {record:?}"))
    }

    fn methods(&self, without: &[&str]) -> String {
        let called =
            self.body.methods.iter().filter(|called| !without.contains(&called.function.as_str()));
        format!("[{}]", joined(called.map(Called::written)))
    }

    /// What the client's method hands to the constructor of the call it returns.
    fn passed(&self) -> String {
        let constructor = format!("{}::new", self.gives);
        match self.body.functions.iter().find(|called| called.function == constructor) {
            Some(called) => format!(
                "[{}]",
                called.arguments.iter().skip(1).cloned().collect::<Vec<_>>().join(", ")
            ),
            None => format!("nothing to {constructor}"),
        }
    }

    /// What the call is given that is made again and again, and the method that does it; without the
    /// first few arguments.
    fn asks(&self, without: usize) -> String {
        let made = self.body.functions.iter().find(|called| called.function.ends_with("::new"));
        let waits =
            self.body.methods.iter().find(|called| called.function.starts_with("wait_until"));
        match (made, waits) {
            (Some(made), Some(waits)) => format!(
                "passes [{}] to {} for {}",
                made.arguments.iter().skip(without).cloned().collect::<Vec<_>>().join(", "),
                made.function.trim_end_matches("::new"),
                waits.function
            ),
            _ => "asks nothing".into(),
        }
    }

    /// What an answer means for a wait.
    fn judges(&self) -> String {
        let by = joined(self.body.methods.iter().map(|called| called.function.clone()));
        let judged = self.body.judged.iter().map(|(what, arms)| {
            let arms = arms.iter().map(|(pattern, means)| {
                format!("{pattern} is {}", means.rsplit("::").next().unwrap_or(means))
            });
            format!("{what}: {}", joined(arms))
        });
        format!("by {by} where {}", joined(judged))
    }

    fn wrapped(&self) -> String {
        let inner = self.body.functions.iter().find(|called| called.function.ends_with("::new"));
        inner.map_or_else(|| "nothing".into(), Called::written)
    }

    /// The environment variables, in the order in which the constructor is given them.
    fn variables(&self) -> String {
        let find =
            |name: &str| self.body.functions.iter().find(|called| called.function.ends_with(name));
        let (Some(read), Some(built)) = (find("::env_vars"), find("Self::new")) else {
            return "nothing".into();
        };
        let names: Vec<String> = read
            .arguments
            .iter()
            .flat_map(|array| array.trim_matches(['[', ']']).split(", "))
            .map(|name| name.trim_matches('"').to_owned())
            .collect();
        let given = built.arguments.iter().map(|argument| {
            let at = self.body.bound.iter().position(|bound| bound == argument);
            at.and_then(|at| names.get(at)).cloned().unwrap_or_else(|| argument.clone())
        });
        format!("[{}]", joined(given))
    }
}
