//! The example of an operation: what it cannot do without, made of placeholders, and sent.
//!
//! It is compiled when somebody runs `cargo test` in the crate, and makes no call then. A module does
//! not know what others call it, so that its examples are text.

use super::super::code::{Code, LINE};
use super::super::pages;
use super::super::samples::{Samples, Taken};
use super::super::types::Type;
use super::super::{Argument, ArgumentPlace, BodyKind, Docs, Input};
use super::{Call, Located};
use crate::ir::{self, Content, ContentKind};

/// How long an argument may be that has no line of its own.
const SHORT: usize = 40;
/// How many lines an argument may have; a longer one is taken as given.
const LINES: usize = 24;

/// Where bytes come from.
pub(super) const READ: &str = "std::fs::read(\"file\")?";

/// An example, line by line.
pub(in crate::model) struct Example {
    /// What the crate is called, if it is one.
    krate: Option<String>,
    /// The features of which any one has the call; without any it is always there.
    features: Vec<String>,
    /// What is imported.
    uses: Docs,
    /// What it takes as given, with the types.
    given: Vec<(String, String)>,
    /// What it does.
    lines: Docs,
}

impl Example {
    /// Whether it takes nothing as given.
    pub(in crate::model) fn is_whole(&self) -> bool {
        self.given.is_empty()
    }

    /// Where a crate may be without the call: the line that leaves the example out there, and that
    /// nobody sees.
    pub(in crate::model) fn condition(&self) -> Option<String> {
        let features: Vec<String> =
            self.features.iter().map(|one| format!("feature = \"{one}\"")).collect();
        match features.as_slice() {
            [] => None,
            [only] => Some(format!("# #[cfg({only})]")),
            several => Some(format!("# #[cfg(any({}))]", several.join(", "))),
        }
    }

    /// What it imports.
    pub(in crate::model) fn uses(&self) -> &[String] {
        &self.uses
    }

    /// What it does, with a client.
    pub(in crate::model) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A section of the documentation.
    pub(super) fn section(self) -> Docs {
        let mut lines = vec!["# Example".to_owned(), String::new()];
        let Some(krate) = self.krate else {
            lines.push("```text".to_owned());
            lines.extend(self.lines);
            lines.push("```".to_owned());
            return lines;
        };
        let given: String = self.given.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect();
        lines.push("```no_run".to_owned());
        let returns = "Result<(), Box<dyn std::error::Error>>";
        lines.push(format!("# async fn example(client: {krate}::Client{given}) -> {returns} {{"));
        if !self.uses.is_empty() {
            lines.extend(self.uses);
            lines.push(String::new());
        }
        lines.extend(self.lines);
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
        lines
    }
}

impl Call<'_> {
    /// The example, unless there is something that only a caller can make.
    pub(super) fn example(&self) -> Option<Example> {
        let mut draft = Draft::new(self);
        let arguments = self.arguments();
        let schemas = self.argument_schemas();
        let mut values = Vec::new();
        for (argument, schema) in arguments.iter().zip(schemas) {
            values.push(draft.argument(argument, schema)?);
        }
        let mut links = Vec::new();
        if matches!(self.operation.located, Located::Caller) {
            let options = "specwright_runtime::CallOptions::new().url(\"https://example.com\")";
            links.push(Code::call("with_options", vec![Code::text(options)]));
        }
        if let Some(group) =
            self.names.group.and_then(|index| self.context.names.groups().get(index))
        {
            links.push(Code::text(format!("{}()", group.accessor)));
        }
        links.push(Code::call(&self.names.method, values));
        // Documents forget to say that a body is required, and without it there is nothing to see.
        if let Some(body) = self.whole_body().filter(|body| !body.required) {
            let (input, place) = self.body(body);
            let body = Argument { name: "body".to_owned(), input, place };
            let value = draft.argument(&body, None);
            links.extend(value.map(|value| Code::call("body", vec![value])));
        }
        draft.lines.extend(self.sent(links));
        Some(draft.finish())
    }

    /// Of each argument the schema, where one says what it is.
    fn argument_schemas(&self) -> impl Iterator<Item = Option<ir::SchemaId>> {
        let parameters = self.operation.parameters.iter().filter(|one| one.required);
        let body = self.whole_body().filter(|body| body.required);
        let parts = self.parts().filter(|(part, _)| self.is_needed(part));
        parameters
            .map(|parameter| Some(parameter.schema))
            .chain(body.map(|_| None))
            .chain(parts.map(|(part, _)| Some(part.schema)))
    }

    /// The call that is prepared by these, and what is done with its answer.
    fn sent(&self, mut links: Vec<Code>) -> Docs {
        let chain = |links| Code::Chain(Box::new(Code::text("client")), links);
        if let Some(pages) = pages::paged(self.context, self.index) {
            links.push(Code::text(format!("{}()", pages.items.name)));
            return each_item(&chain(links));
        }
        let send = self.names.ways.first().map_or("send", |way| way.send.as_str());
        links.extend([Code::text(format!("{send}()")), Code::text("await?")]);
        let call = chain(links);
        let has_enum = self.names.ways.first().is_some_and(|way| way.answer.is_some());
        match self.success().1 {
            _ if has_enum => call.statement("let answer = "),
            None | Some(ir::Payload::Empty) => call.statement(""),
            Some(ir::Payload::Stream { .. }) => each_item(&call),
            Some(
                ir::Payload::Json { .. } | ir::Payload::Text { .. } | ir::Payload::Bytes { .. },
            ) => call.statement("let answer = "),
        }
    }
}

/// An example that is being written.
struct Draft<'a> {
    call: &'a Call<'a>,
    samples: Samples<'a>,
    uses_operations: bool,
    given: Vec<(String, String)>,
    lines: Docs,
}

impl<'a> Draft<'a> {
    fn new(call: &'a Call<'a>) -> Self {
        let samples = Samples::new(call.context);
        let (given, lines) = Default::default();
        Self { call, samples, uses_operations: false, given, lines }
    }

    /// The argument as the call has it: itself if it is short, else a name that it is given before.
    fn argument(&mut self, argument: &Argument, schema: Option<ir::SchemaId>) -> Option<Code> {
        let Argument { name, input, .. } = argument;
        let before = self.samples.clone();
        let value = self.value(argument, schema);
        if let Some(value) = value {
            if value.flat().len() <= SHORT {
                return Some(value);
            }
            let statement = value.statement(&format!("let {name} = "));
            if statement.len() <= LINES {
                self.lines.extend(statement);
                return Some(Code::text(name));
            }
        }
        self.samples = before;
        let given = match input {
            Input::Value(ty) => self.path(ty)?,
            Input::Each(item) => format!("Vec<{}>", self.path(item)?),
            Input::Text | Input::EachText | Input::Into(_) | Input::EachInto(_) => return None,
        };
        self.given.push((name.clone(), given));
        Some(Code::text(name))
    }

    fn value(&mut self, argument: &Argument, schema: Option<ir::SchemaId>) -> Option<Code> {
        let Argument { name, input, place } = argument;
        let plain = name.trim_start_matches("r#");
        match (input, place, schema) {
            (Input::Text, _, _) => Some(Code::text(format!("{plain:?}"))),
            (Input::EachText, _, _) => Some(Code::text(format!("[{plain:?}]"))),
            (Input::Into(Type::Part), _, _) => Some(self.call.file(argument)),
            (Input::EachInto(_), _, _) => {
                Some(Code::text(format!("[{}]", self.call.file(argument).flat())))
            }
            (Input::Into(_), _, _) => Some(Code::text(READ)),
            (Input::Value(_), ArgumentPlace::Body(kind), _) => self.body(kind),
            (Input::Value(_), _, Some(schema)) => self.samples.value(schema, name, Taken::AsIs),
            (Input::Each(_), _, Some(schema)) => self.samples.listed(schema, name),
            (Input::Value(_) | Input::Each(_), _, None) => None,
        }
    }

    fn body(&mut self, kind: &BodyKind) -> Option<Code> {
        let content = self.call.contents().first()?;
        let value = self.content(content);
        if !matches!(kind, BodyKind::OneOf) {
            return value;
        }
        let names = self.call.names.body.as_ref()?;
        let variant = names.variants.first()?;
        let value = match content.kind {
            ContentKind::Bytes => Code::text(format!("{READ}.into()")),
            ContentKind::Text => Code::text("\"text\".to_owned()"),
            ContentKind::Json(_) | ContentKind::Form(..) | ContentKind::Multipart(_) => value?,
        };
        self.uses_operations = true;
        Some(Code::call(format!("operations::{}::{variant}", names.name), vec![value]))
    }

    fn content(&mut self, content: &Content) -> Option<Code> {
        match &content.kind {
            ContentKind::Json(schema) | ContentKind::Form(schema, _) => {
                self.samples.element(*schema, "body", Taken::AsIs)
            }
            ContentKind::Multipart(_) => {
                let new = Code::text("specwright_runtime::Multipart::new()");
                let part =
                    Code::call("part", vec![Code::text("\"name\""), Code::text("\"value\"")]);
                Some(Code::Chain(Box::new(new), vec![part]))
            }
            ContentKind::Text => Some(Code::text("\"text\"")),
            ContentKind::Bytes => Some(Code::text(READ)),
        }
    }

    /// What others call the crate, if it is one.
    fn krate(&self) -> Option<&str> {
        self.call.context.wishes.krate.as_deref()
    }

    /// The path of a type of the document or the user, from outside the crate.
    fn path(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Named(path) => {
                let name = path.rsplit("::").next()?;
                Some(format!("{}::types::{name}", self.krate().unwrap_or("crate")))
            }
            Type::Foreign(path) => Some(match self.krate() {
                Some(krate) => path.as_seen_outside(krate).to_string(),
                None => path.to_string(),
            }),
            Type::Vec(item) => Some(format!("Vec<{}>", self.path(item)?)),
            Type::Option(inner) => Some(format!("Option<{}>", self.path(inner)?)),
            Type::Boxed(inner) => Some(format!("Box<{}>", self.path(inner)?)),
            Type::Scalar(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Ref(_)
            | Type::Str
            | Type::StaticStr
            | Type::Sibling(_)
            | Type::Body
            | Type::Part
            | Type::Multipart => None,
        }
    }

    fn finish(self) -> Example {
        let krate = self.krate().map(str::to_owned);
        let name = krate.as_deref().unwrap_or("crate");
        let mut uses: Docs = Vec::new();
        if self.uses_operations {
            uses.push(format!("use {name}::operations;"));
        }
        let types: Vec<&str> = self.samples.types.iter().map(String::as_str).collect();
        uses.extend(imported(&format!("{name}::types"), &types));
        let modules: Vec<&str> = self.samples.modules.iter().copied().collect();
        uses.extend(imported("specwright_runtime", &modules));
        let layout = self.call.context.names.layout();
        let module = layout.of_operation(self.call.index);
        let module = module.and_then(|index| layout.operations().get(index));
        let features = module.map(|module| module.features.clone()).unwrap_or_default();
        Example { krate, features, uses, given: self.given, lines: self.lines }
    }
}

/// A stream, and what is done with each of its items.
fn each_item(stream: &Code) -> Docs {
    let mut lines = stream.statement("let mut items = ");
    let each =
        ["while let Some(item) = items.try_next().await? {", "    println!(\"{item:?}\");", "}"];
    lines.extend(each.map(str::to_owned));
    lines
}

/// The import of some names of a module.
fn imported(module: &str, names: &[&str]) -> Docs {
    let one_line = match names {
        [] => return Docs::new(),
        [only] => format!("use {module}::{only};"),
        all => format!("use {module}::{{{}}};", all.join(", ")),
    };
    if one_line.len() <= LINE {
        return vec![one_line];
    }
    let mut lines = vec![format!("use {module}::{{")];
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > LINE {
            lines.push(std::mem::replace(&mut line, String::from("   ")));
        }
        line.push_str(&format!(" {name},"));
    }
    lines.extend([line, "};".to_owned()]);
    lines
}
