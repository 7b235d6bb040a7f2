//! Who may make tokens, and of what.

use syn::visit::{self, Visit};

use crate::Source;

/// Files that may make tokens; `emit/…` too.
const MAKERS: [&str; 3] = ["emit.rs", "write/layout.rs", PRINTER];
/// The file that reads tokens and prints them.
const PRINTER: &str = "write/print.rs";
/// Files that may ask whether a text would be an identifier.
const ASKERS: [&str; 3] = ["names/spelling.rs", "names/mint.rs", "package.rs"];
/// Files that read what was generated or what the user wrote, and hand no tokens on. Names in a path of
/// the user's are printed by `ident`, as all others.
const READERS: [&str; 7] = [
    "diff/calls.rs",
    "diff/derives.rs",
    "diff/logins.rs",
    "diff/surface.rs",
    "diff/words.rs",
    "rust_path.rs",
    "write/imports.rs",
];
/// The file of the roads, and what only they may call.
const ROADS: &str = "emit/parts.rs";
const ONLY: [(&str, &str); 4] = [
    ("text", "Literal::string"),
    ("raw", "Literal::from_str"),
    ("ident", "Ident::new"),
    ("ident", "Ident::new_raw"),
];
/// Functions that put text of files together, each of which a reader has to have looked at.
const JOINERS: [(&str, &str); 11] = [
    ("write/layout.rs", "crate_files"),
    ("write/layout.rs", "file"),
    ("write/layout.rs", "module_file"),
    ("write/layout.rs", "nested"),
    ("write/layout.rs", "reexports"),
    ("write/layout.rs", "root"),
    (PRINTER, "block"),
    (PRINTER, "indent"),
    (PRINTER, "method"),
    (PRINTER, "of"),
    (PRINTER, "unparse"),
];

/// Whether a path leads into a crate of tokens.
fn of_tokens(steps: &[String]) -> bool {
    steps.len() > 1 && ["proc_macro2", "quote", "syn"].contains(&steps[0].as_str())
}

/// Whether a file may make tokens.
pub(crate) fn makes_tokens(path: &str) -> bool {
    path.starts_with("emit/") || MAKERS.contains(&path)
}

/// The files that are named here.
pub(crate) fn exceptions() -> impl Iterator<Item = &'static str> {
    MAKERS.into_iter().chain(ASKERS).chain(READERS).chain([ROADS])
}

pub(crate) fn problems(source: &Source) -> Vec<String> {
    if READERS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let mut wall = Wall { path: &source.path, function: String::new(), problems: Vec::new() };
    wall.visit_file(&source.syntax);
    wall.problems
}

struct Wall<'s> {
    path: &'s str,
    function: String,
    problems: Vec<String>,
}

impl Wall<'_> {
    fn refuse(&mut self, what: &str, why: &str) {
        self.problems.push(format!("{}, `{}`: `{what}` {why}", self.path, self.function));
    }

    /// A path that is imported.
    fn import(&mut self, steps: &[String]) {
        if steps[0] == "prettyplease" && self.path != PRINTER {
            self.refuse(&steps.join("::"), "prints tokens elsewhere than the printer");
        } else if of_tokens(steps) && !self.may_import(steps) {
            self.refuse(&steps.join("::"), "makes tokens in a way that is not allowed here");
        }
    }

    /// A path that is called or handed on.
    fn value(&mut self, steps: &[String]) {
        self.import(steps);
        let (path, function) = (self.path, self.function.as_str());
        let whole = steps.join("::");
        let last_two = steps[steps.len().saturating_sub(2)..].join("::");
        let last = steps.last().map_or("", String::as_str);
        if ONLY.iter().any(|(_, only)| *only == last_two) {
            let is_road = path == ROADS && ONLY.contains(&(function, last_two.as_str()));
            if !is_road {
                self.refuse(&whole, "is only for `text`, `raw` and `ident`");
            }
        } else if last_two.starts_with("Ident::")
            || last_two.starts_with("Literal::") && !last.ends_with("_unsuffixed")
            || last_two.starts_with("TokenStream::") && last != "new"
            || ["TokenTree", "Group", "from_str"].iter().any(|step| last_two.contains(step))
                && makes_tokens(path)
        {
            self.refuse(&whole, "is a road of its own into the output");
        }
    }

    /// What of the crates of tokens a file may name.
    fn may_import(&self, steps: &[String]) -> bool {
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        if makes_tokens(self.path) {
            return match steps[..] {
                ["proc_macro2", "Ident" | "Literal" | "Span" | "TokenStream" | "TokenTree"] => true,
                ["quote", "quote"] => true,
                ["syn", ..] => self.path == PRINTER && !steps.contains(&"parse_str"),
                _ => false,
            };
        }
        if READERS.contains(&self.path) {
            return steps[0] == "syn"
                || [
                    &["quote", "ToTokens"][..],
                    &["proc_macro2", "Punct"],
                    &["proc_macro2", "TokenTree"],
                ]
                .contains(&&steps[..]);
        }
        let traits = [&["syn", "ext", "IdentExt"][..], &["syn", "parse", "Parser"]];
        ASKERS.contains(&self.path) && traits.contains(&&steps[..])
    }

    fn imports(&mut self, tree: &syn::UseTree, steps: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                steps.push(path.ident.to_string());
                self.imports(&path.tree, steps);
                steps.pop();
            }
            syn::UseTree::Group(group) => {
                for one in &group.items {
                    self.imports(one, steps);
                }
            }
            syn::UseTree::Name(name) => {
                steps.push(name.ident.to_string());
                self.import(steps);
                steps.pop();
            }
            syn::UseTree::Rename(renamed) => {
                steps.push(renamed.ident.to_string());
                self.import(steps);
                if of_tokens(steps) && renamed.rename != "_" {
                    self.refuse(&steps.join("::"), "goes by another name");
                }
                steps.pop();
            }
            syn::UseTree::Glob(_) => {
                steps.push("*".to_owned());
                self.import(steps);
                steps.pop();
            }
        }
    }

    fn is_joiner(&self) -> bool {
        JOINERS.contains(&(self.path, self.function.as_str()))
    }
}

impl<'s> Visit<'s> for Wall<'_> {
    fn visit_item_fn(&mut self, function: &'s syn::ItemFn) {
        let before = std::mem::replace(&mut self.function, function.sig.ident.to_string());
        visit::visit_item_fn(self, function);
        self.function = before;
    }

    fn visit_impl_item_fn(&mut self, function: &'s syn::ImplItemFn) {
        let before = std::mem::replace(&mut self.function, function.sig.ident.to_string());
        visit::visit_impl_item_fn(self, function);
        self.function = before;
    }

    fn visit_item_use(&mut self, import: &'s syn::ItemUse) {
        self.imports(&import.tree, &mut Vec::new());
    }

    fn visit_expr_path(&mut self, path: &'s syn::ExprPath) {
        let steps: Vec<String> =
            path.path.segments.iter().map(|step| step.ident.to_string()).collect();
        self.value(&steps);
        visit::visit_expr_path(self, path);
    }

    /// The questions of names may be asked, and nothing but the answer is kept; text that becomes
    /// something says what.
    fn visit_expr_method_call(&mut self, call: &'s syn::ExprMethodCall) {
        let asked = |name: &syn::Ident| ["is_ok", "is_err"].iter().any(|known| name == known);
        if asked(&call.method) && ASKERS.contains(&self.path) && asks(&call.receiver) {
            return;
        }
        let name = call.method.to_string();
        let into = call.turbofish.as_ref().map(|to| quote::quote!(#to).to_string());
        let is_number = into.is_some_and(|to| !to.contains("Token") && !to.contains("Literal"));
        if name == "parse" && makes_tokens(self.path) && self.path != PRINTER && !is_number {
            self.refuse("parse", "does not say that it makes no tokens");
        }
        if ["parse_str", "to_tokens", "to_token_stream", "into_token_stream"]
            .contains(&name.as_str())
            && !READERS.contains(&self.path)
        {
            self.refuse(&name, "is a road of its own into the output");
        }
        if name == "push_str" && MAKERS.contains(&self.path) && !self.is_joiner() {
            self.refuse(&name, "puts a file together");
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'s syn::Macro) {
        let steps: Vec<String> =
            called.path.segments.iter().map(|step| step.ident.to_string()).collect();
        let name = steps.last().map_or("", String::as_str);
        let others = ["format_ident", "parse_quote", "parse_quote_spanned", "quote_spanned"];
        if others.contains(&name) || name == "quote" && !makes_tokens(self.path) {
            self.refuse(name, "is a road of its own into the output");
        }
        let is_file = self.path.starts_with("write/") && makes_tokens(self.path);
        if ["format", "write", "writeln"].contains(&name) && is_file && !self.is_joiner() {
            self.refuse(name, "puts a file together");
        }
        // What stands in a macro is not read, but where it can be it is code like any other.
        if let Ok(arguments) = called.parse_body_with(crate::flow::arguments) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }
}

/// Whether the text is only asked about: `syn::parse_str::<syn::Ident>(…)`.
fn asks(receiver: &syn::Expr) -> bool {
    let text = quote::quote!(#receiver).to_string().replace(' ', "");
    text.starts_with("syn::parse_str::<syn::Ident>(")
        || text.starts_with("syn::Ident::parse_any.parse_str(")
}
