//! Answers in pages: what the methods that read them say, and how items are taken out of a page.

use super::build::Context;
use super::items::Shape;
use super::page::{Paged, Taken};
use super::policy::Presence;
use super::types::Type;
use super::{Docs, FieldRole, SendMethod, markdown, waiters};
use crate::ir::{self, Kind, Paging, SchemaId, Step, Turn};
use crate::names::Side;

/// What is said of pages that the document does not declare.
const INFERRED: &str =
    "That is how its parameters and its answer look; the document does not say it.";

/// The methods of the call of an operation that read its answers page by page.
pub(super) fn paged(context: &Context<'_>, operation: usize) -> Option<Paged> {
    let paging = context.api.operations[operation].paging.as_ref()?;
    let names = context.names.operation(operation).pages.as_ref()?;
    let Type::Vec(item) = context.value_type(paging.items.leaf, Side::Plain) else { return None };
    let way = paging.items.steps.iter().map(|(holder, wire)| taken(context, *holder, wire));
    let what = match paging.items.steps.as_slice() {
        [] => "Gives the items of all pages, one after another.".to_owned(),
        _ => {
            let list = markdown::code(&paging.items.to_string());
            format!("Gives the items of all pages, one after another: those of {list}.")
        }
    };
    let manner = manner(context, operation, paging);
    let method = |name: &String, what: String| SendMethod {
        docs: super::docs::join(vec![vec![what], manner.clone()]),
        name: name.clone(),
    };
    Some(Paged {
        items: method(&names.items, what),
        pages: method(&names.pages, "Gives the pages, one after another.".to_owned()),
        page: waiters::answer(context, operation)?,
        item: *item,
        way: way.collect::<Option<_>>()?,
        paging: paging.clone(),
    })
}

/// A line of the documentation of an operation whose answers come in pages.
pub(super) fn docs(context: &Context<'_>, operation: usize) -> Option<String> {
    let names = context.names.operation(operation);
    let method = names.pages.as_ref()?.items.trim_start_matches("r#");
    let path = context.call_path(&format!("{}::{method}", names.call));
    Some(format!("- Answers in pages: [`{method}`]({path}) reads them all."))
}

/// How one page leads to the next.
fn manner(context: &Context<'_>, operation: usize, paging: &Paging) -> Docs {
    let part = |steps: &Vec<Step>| markdown::code(&ir::spelled(steps));
    let next = paging.next.as_ref().map(part);
    let more = paging.more.as_ref().map(|steps| format!("{} is `true`", part(steps)));
    let while_there = paging.next.as_deref().map(there);
    let lasts = more.clone().or(while_there).map_or_else(
        || "until a page has no items".to_owned(),
        |holds| format!("as long as {holds}"),
    );
    let and_more = more.map(|holds| format!(", as long as {holds}")).unwrap_or_default();
    let next = next.unwrap_or_default();
    let how = match &paging.turn {
        Turn::Number(parameter, _) => {
            format!("{} counts the pages, {lasts}.", markdown::code(parameter))
        }
        Turn::Offset(parameter, _) => {
            format!("{} counts the items, {lasts}.", markdown::code(parameter))
        }
        Turn::Cursor(parameter) => {
            format!(
                "{} is what {next} of the page before was{and_more}.",
                markdown::code(parameter)
            )
        }
        Turn::Link => format!("The next page is where {next} leads{and_more}, on the same server."),
        Turn::Header => {
            format!("The next page is where the header `Link` leads{and_more}, on the same server.")
        }
    };
    let mut lines = vec![how];
    lines.extend(size(context, operation, paging));
    lines.extend(paging.is_inferred.then(|| INFERRED.to_owned()));
    lines
}

/// That something is there, in words.
fn there(steps: &[Step]) -> String {
    match steps.split_last() {
        Some((Step::Where(name, value), list)) => format!(
            "{} has an item whose {} is {}",
            markdown::code(&ir::spelled(list)),
            markdown::code(name),
            markdown::code(value)
        ),
        Some((Step::Name(_) | Step::Last, _)) | None => {
            format!("there is {}", markdown::code(&ir::spelled(steps)))
        }
    }
}

fn size(context: &Context<'_>, operation: usize, paging: &Paging) -> Option<String> {
    let size = paging.size.as_ref()?;
    let (own, names) = (&context.api.operations[operation], context.names.operation(operation));
    let mut named = own.parameters.iter().zip(&names.parameters);
    let (_, name) = named.find(|(parameter, _)| parameter.wire == *size)?;
    Some(format!("`{}` says how many items a page has.", name.trim_start_matches("r#")))
}

/// The field of what is received that holds a property.
fn taken(context: &Context<'_>, holder: SchemaId, wire: &str) -> Option<Taken> {
    let schema = context.api.schema(holder);
    let Kind::Object(object) = &schema.kind else { return None };
    let position = object.properties.iter().position(|property| property.wire == wire)?;
    let name = context.names.fields(holder).get(position)?;
    let shape = Shape { context, id: holder, side: Side::Plain, name: "", schema };
    let field = shape.structure(object).fields.into_iter().find(|field| field.name == *name)?;
    let FieldRole::Property(presence) = field.role else { return None };
    let name = name.clone();
    Some(match presence {
        Presence::Required => Taken::Value(name),
        Presence::Optional | Presence::RequiredNullable => Taken::Maybe(name),
        Presence::ThreeState => Taken::ThreeState(name),
    })
}
