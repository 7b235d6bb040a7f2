//! Waiters: which methods wait, for what, and how the fields are read that they look at.

use super::build::Context;
use super::items::Shape;
use super::policy::Presence;
use super::types::Type;
use super::waiter::{
    Access, AndWait, AwaitedState, ClientWait, Holds, Hop, Onward, Pattern, Turned, Wait, WaitGoal,
};
use super::{Argument, Docs, Field, FieldRole, Input, Payload, docs, markdown};
use crate::ir::{self, Awaited, FieldPath, Given, Goal, Kind, SchemaId, Start, Waiter};
use crate::names::Side;

/// The methods of the call of an operation that wait.
pub(super) fn waits(context: &Context<'_>, operation: usize) -> Vec<Wait> {
    let all = context.api.waiters.iter().enumerate();
    let own = all.filter(|(_, waiter)| waiter.operation == operation);
    own.filter_map(|(index, waiter)| wait(context, index, waiter)).collect()
}

fn wait(context: &Context<'_>, index: usize, waiter: &Waiter) -> Option<Wait> {
    let names = context.names.waiter(index);
    let until = until(&waiter.goal);
    let manner = manner(&waiter.goal);
    let method = context.method_link(waiter.operation);
    let client = names.client.as_ref().map(|name| ClientWait {
        docs: docs::join(vec![
            vec![format!("Makes the call of {method} again and again, {until}.")],
            manner.clone(),
        ]),
        name: name.clone(),
    });
    Some(Wait {
        docs: docs::join(vec![vec![format!("Makes the call again and again, {until}.")], manner]),
        name: names.method.clone(),
        client,
        state: answer(context, waiter.operation)?,
        goal: goal(context, &waiter.goal)?,
    })
}

/// The type of an operation's answer.
pub(super) fn answer(context: &Context<'_>, operation: usize) -> Option<Type> {
    let first = context.api.operations[operation].successes.first()?;
    match super::operations::received(context, &first.payload) {
        Payload::Json(ty) => Some(ty),
        Payload::Empty | Payload::Text | Payload::Bytes => None,
    }
}

fn until(goal: &Goal) -> String {
    match goal {
        Goal::State { field, reached, .. } => {
            format!("until {} is {}", markdown::code(&field.to_string()), any_of(reached))
        }
        Goal::Status(code) => format!("until the answer is {code}"),
    }
}

/// What else there is to know.
fn manner(goal: &Goal) -> Docs {
    let states = match goal {
        Goal::State { failed, .. } if !failed.is_empty() => {
            let failed = any_of(failed);
            format!(
                "{failed} is a failure, and in the error. With any other state, listed or not, it goes on."
            )
        }
        Goal::State { .. } => "With any other state, listed or not, it goes on.".to_owned(),
        Goal::Status(_) => "With a success it goes on.".to_owned(),
    };
    let how = "Nothing is sent before `wait`, which takes the longest time that it may last. `poll_every` says how";
    docs::join(vec![
        vec![states],
        vec![how.to_owned(), "often it asks, `on_update` shows each state.".to_owned()],
    ])
}

fn any_of(values: &[Awaited]) -> String {
    let values: Vec<String> = values.iter().map(|one| markdown::code(&one.to_string())).collect();
    values.join(" or ")
}

fn goal(context: &Context<'_>, goal: &Goal) -> Option<WaitGoal> {
    let (field, reached, failed) = match goal {
        Goal::Status(code) => return Some(WaitGoal::Status(*code)),
        Goal::State { field, reached, failed } => (field, reached, failed),
    };
    let patterns = |values: &[Awaited]| -> Option<Vec<Pattern>> {
        values.iter().map(|value| pattern(context, field.leaf, value)).collect()
    };
    let leaf = field.leaf;
    let as_text = is_checked_text(context, leaf);
    let (field, reached, failed) = (access(context, field)?, patterns(reached)?, patterns(failed)?);
    let all = || reached.iter().chain(&failed);
    let flags = [true, false].iter().all(|flag| all().any(|one| *one == Pattern::Flag(*flag)));
    let is_all = !field.hops.iter().any(|hop| hop.holds.is_optional())
        && (flags || lists_all(context, leaf, all().count()));
    Some(WaitGoal::State(AwaitedState { field, as_text, reached, failed, is_all }))
}

/// A value as a match on the field has it.
fn pattern(context: &Context<'_>, leaf: SchemaId, value: &Awaited) -> Option<Pattern> {
    let text = match value {
        Awaited::Flag(flag) => return Some(Pattern::Flag(*flag)),
        Awaited::Text(text) => text,
    };
    let id = context.api.resolve(leaf);
    let Kind::Enum(values) = &context.api.schema(id).kind else {
        return Some(Pattern::Text(text.clone()));
    };
    let index = values.iter().position(|known| known.wire == *text)?;
    let variant = context.names.variants(id).get(index)?;
    Some(Pattern::Variant(context.value_type(leaf, Side::Plain), variant.clone()))
}

/// Whether so many different values are all that a field can have.
fn lists_all(context: &Context<'_>, leaf: SchemaId, count: usize) -> bool {
    let id = context.api.resolve(leaf);
    let Kind::Enum(values) = &context.api.schema(id).kind else { return false };
    context.wishes.is_closed(id) && values.len() == count
}

/// Whether a text has a type of its own that is no enum.
fn is_checked_text(context: &Context<'_>, leaf: SchemaId) -> bool {
    let is_text = matches!(context.api.resolved(leaf).kind, Kind::String(_));
    is_text && matches!(context.value_type(leaf, Side::Plain), Type::Named(_))
}

/// The way to a field of what is received.
fn access(context: &Context<'_>, path: &FieldPath) -> Option<Access> {
    let hops = path.steps.iter().map(|(holder, wire)| hop(context, *holder, wire));
    Some(Access { hops: hops.collect::<Option<_>>()? })
}

fn hop(context: &Context<'_>, holder: SchemaId, wire: &str) -> Option<Hop> {
    let schema = context.api.schema(holder);
    let (owner, is_method) = match &schema.kind {
        Kind::Union(union) => (context.api.resolve(union.base), true),
        _ => (holder, false),
    };
    let schema = context.api.schema(owner);
    let Kind::Object(object) = &schema.kind else { return None };
    let position = object.properties.iter().position(|property| property.wire == wire)?;
    let name = context.names.fields(owner).get(position)?;
    let shape = Shape { context, id: owner, side: Side::Plain, name: "", schema };
    let field = shape.structure(object).fields.into_iter().find(|field| field.name == *name)?;
    let holds = holds(&field)?;
    Some(Hop { name: name.clone(), is_method, holds })
}

fn holds(field: &Field) -> Option<Holds> {
    let FieldRole::Property(presence) = field.role else { return None };
    let copied = matches!(field.bare, Type::Scalar(scalar) if scalar.is_copy());
    let text = field.bare == Type::string();
    Some(match presence {
        Presence::ThreeState if copied => Holds::ThreeStateCopied,
        Presence::ThreeState if text => Holds::ThreeStateText,
        Presence::ThreeState => Holds::ThreeState,
        Presence::Required if copied => Holds::Copied,
        Presence::Required if text => Holds::Text,
        Presence::Required => Holds::Value,
        Presence::Optional | Presence::RequiredNullable if copied => Holds::MaybeCopied,
        Presence::Optional | Presence::RequiredNullable if text || field.boxed => Holds::MaybeDeref,
        Presence::Optional | Presence::RequiredNullable => Holds::Maybe,
    })
}

/// The method that goes on from the call of an operation, if it begins something.
pub(super) fn and_wait(context: &Context<'_>, operation: usize) -> Option<AndWait> {
    let index = context.api.starts.iter().position(|start| start.operation == operation)?;
    let start = &context.api.starts[index];
    let waiter = &context.api.waiters[start.waiter];
    let asked = context.names.operation(waiter.operation);
    let wait = context.names.waiter(start.waiter).method.clone();
    let layout = context.names.layout();
    let (here, there) = (layout.of_operation(operation), layout.of_operation(waiter.operation));
    let call = match here == there {
        true => asked.call.clone(),
        false => format!("super::{}", asked.call),
    };
    let features =
        |module: Option<usize>| module.map(|module| &layout.operations()[module].features);
    let gate = features(there).filter(|gate| features(here) != Some(gate));
    // Docs import nothing.
    let link = context.root_path(&format!("operations::{}::{wait}", asked.call));
    let link = format!("[`{}::{wait}`]({link})", asked.call);
    Some(AndWait {
        docs: docs::join(vec![
            vec![format!("Makes the call, then waits as {link} does, {}.", until(&waiter.goal))],
            vec![
                "Nothing is sent before `wait`, which takes the longest time that all of it may last. `or_find` looks".to_owned(),
                "for what was begun where the answer to this call is lost.".to_owned(),
            ],
        ]),
        name: context.names.start(index).to_owned(),
        features: gate.cloned().unwrap_or_default(),
        state: answer(context, waiter.operation)?,
        gives_state: matches!(waiter.goal, Goal::State { .. }),
        arguments: arguments(context, start, waiter.operation)?,
        call,
        wait,
    })
}

/// A line of the documentation of an operation that begins something.
pub(super) fn and_wait_docs(context: &Context<'_>, operation: usize) -> Option<String> {
    let index = context.api.starts.iter().position(|start| start.operation == operation)?;
    let (name, call) = (context.names.start(index), &context.names.operation(operation).call);
    // Docs import nothing.
    let path = context.root_path(&format!("operations::{call}::{name}"));
    Some(format!("- Begins what [`{name}`]({path}) waits for."))
}

/// What the call that is made again and again is given.
fn arguments(context: &Context<'_>, start: &Start, asked: usize) -> Option<Vec<Onward>> {
    let due: Vec<Argument> = super::operations::arguments_of(context, asked);
    if due.len() != start.values.len() {
        return None;
    }
    due.iter().zip(&start.values).map(|(due, value)| onward(context, &due.input, value)).collect()
}

fn onward(context: &Context<'_>, due: &Input, value: &Given) -> Option<Onward> {
    let wanted = match due {
        Input::Text => None,
        Input::Value(ty) => Some(ty),
        Input::Each(_) | Input::EachText | Input::Into(_) | Input::EachInto(_) => return None,
    };
    let path = match value {
        Given::Input(wire) => {
            return Some(Onward::Given { wire: wire.clone(), parsed: wanted.is_some() });
        }
        Given::Answer(path) => path,
    };
    let leaf = context.value_type(path.leaf, Side::Plain);
    let is_text = leaf == Type::string();
    let has_text = matches!(
        context.api.resolved(path.leaf).kind,
        Kind::Enum(_) | Kind::String(ir::StringFormat::Plain)
    );
    let turned = match (wanted, &leaf) {
        (None, _) if is_text => Turned::Same,
        (None, Type::Named(_)) if has_text => Turned::AsText,
        (None, _) => Turned::Written,
        (Some(wanted), Type::Scalar(scalar)) if wanted == &leaf && scalar.is_copy() => Turned::Same,
        (Some(wanted), _) if wanted == &leaf => Turned::Cloned,
        (Some(_), _) if is_text => Turned::Parsed,
        (Some(_), _) => Turned::Read,
    };
    Some(Onward::Field(access(context, path)?, turned))
}
