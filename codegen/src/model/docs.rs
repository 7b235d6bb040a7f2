//! The wording of generated documentation.
//!
//! Words of the document come first, made safe by [`markdown`]; what we know
//! besides (constraints, defaults, the wire) follows in sentences of ours. Every public item gets
//! at least one line, because generated crates deny `missing_docs`; fields of which nobody says
//! anything have none, since their name and type would only be said again.

pub(super) use super::elsewhere::links;
use super::{Docs, markdown};
use crate::ir::{self, Api, Constraint, SchemaId};

/// Docs of a type or field: the document's words, else `fallback`, which may be nothing; then what
/// constrains it.
pub(super) fn of_schema(docs: &ir::Docs, fallback: &str) -> Docs {
    let mut sections = Vec::new();
    let summary = docs.summary.as_deref().map(markdown::inline).filter(|text| !text.is_empty());
    let text = docs.description.as_deref().map(markdown::lines).filter(|text| !text.is_empty());
    match (summary, text) {
        (None, None) if fallback.is_empty() => {}
        (None, None) => sections.push(vec![fallback.to_owned()]),
        (Some(summary), Some(text)) if text.first() == Some(&summary) => sections.push(text),
        (summary, text) => {
            sections.extend(summary.map(|line| vec![sentence(&line)]));
            sections.extend(text);
        }
    }
    sections.extend(deprecated(docs.deprecated));
    sections.extend(format(docs));
    sections.extend(constraints(docs));
    sections.extend(default(docs));
    sections.extend(links(docs));
    join(sections)
}

/// All that a schema says of a value, in one line; nothing where that is nothing.
pub(super) fn in_a_line(docs: &ir::Docs) -> String {
    let one_line = |text: &Option<String>| text.as_deref().map(markdown::inline);
    let title = one_line(&docs.summary).filter(|text| !text.is_empty());
    let text = one_line(&docs.description).filter(|text| !text.is_empty());
    // A title that the text begins with is said already.
    let is_said = |title: &String| text.as_ref().is_some_and(|text| text.starts_with(title));
    let title = title.filter(|title| !is_said(title));
    let words = title.iter().chain(&text).map(|words| sentence(words));
    let rules = rules(docs).map(|rules| {
        let mut letters = rules.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        format!("{}.", first.chain(letters).collect::<String>())
    });
    let lines = |lines: Option<Docs>| lines.into_iter().flatten();
    let all: Vec<String> = words
        .chain(lines(deprecated(docs.deprecated)))
        .chain(rules)
        .chain(lines(format(docs)))
        .chain(lines(default(docs)))
        .chain(lines(links(docs)))
        .collect();
    all.join(" ")
}

/// What is said of a parameter or header beside its schema, and by that.
pub(super) fn of_both(own: &ir::Docs, schema: Option<SchemaId>, api: &Api) -> ir::Docs {
    let Some(schema) = schema else { return own.clone() };
    let mut text = api.docs(schema).into_owned();
    // What a component says is not of this place alone; what stands in place is.
    let is_alone = own.description.is_none() || !api.schema(schema).is_component();
    let in_place = text.description.take().filter(|_| is_alone);
    text.description = match (own.description.clone(), in_place) {
        (Some(first), Some(second)) if first.trim() != second.trim() => {
            Some(format!("{first}\n\n{second}"))
        }
        (first, second) => first.or(second),
    };
    text.deprecated |= own.deprecated;
    text
}

/// A link to a field, from its own struct.
pub(super) fn field_link(field: &str) -> String {
    let field = field.trim_start_matches("r#");
    format!("[`{field}`](Self::{field})")
}

/// Blank lines between sections.
pub(super) fn join(sections: Vec<Docs>) -> Docs {
    let mut lines = Vec::new();
    for section in sections.into_iter().filter(|section| !section.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(section);
    }
    lines
}

/// A summary reads as a sentence.
pub(super) fn sentence(line: &str) -> String {
    match line.trim_end() {
        line if line.ends_with(['.', '!', '?', ':']) => line.to_owned(),
        line => format!("{line}."),
    }
}

/// Words of the document behind the status that they are of. One paragraph is one line; lists and code
/// stay what they are.
pub(super) fn of_status(status: &str, text: &str, fallback: &str) -> Docs {
    let all = markdown::lines(text);
    match all.split_first() {
        Some((first, rest)) if rest.iter().any(|line| markdown::is_block(line)) => {
            if markdown::is_block(first) {
                return join(vec![vec![format!("{status}:")], all]);
            }
            let first = format!("{status}: {}", first.trim_start());
            std::iter::once(first).chain(rest.iter().cloned()).collect()
        }
        _ => {
            let words = markdown::inline(text);
            let words = if words.is_empty() { fallback } else { &words };
            vec![format!("{status}: {}", sentence(words))]
        }
    }
}

pub(super) fn deprecated(deprecated: bool) -> Option<Docs> {
    deprecated.then(|| vec!["**Deprecated** by the document.".to_owned()])
}

/// The note of `#[deprecated]`, for what the document calls so and for what has a last day.
pub(super) fn deprecation(deprecated: bool, sunset: Option<&str>) -> Option<String> {
    let word = deprecated.then(|| "deprecated by the document".to_owned());
    let day = sunset.map(|day| format!("out of service from {}", markdown::inline(day)));
    let notes: Vec<String> = word.into_iter().chain(day).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn default(docs: &ir::Docs) -> Option<Docs> {
    let value = docs.default.as_deref()?;
    Some(vec![format!("The server's default is {}.", markdown::code(value))])
}

fn format(docs: &ir::Docs) -> Option<Docs> {
    let name = docs.format.as_deref()?;
    Some(vec![format!("Format: {}.", markdown::code(name))])
}

fn constraints(docs: &ir::Docs) -> Option<Docs> {
    rules(docs).map(|rules| vec![format!("Constraints: {rules}.")])
}

/// The rules about a value, without the full stop.
fn rules(docs: &ir::Docs) -> Option<String> {
    let mut rules: Vec<String> = docs.constraints.iter().map(constraint).collect();
    if let [Constraint::MinLength(least), Constraint::MaxLength(most), ..] = &docs.constraints[..]
        && least == most
    {
        rules.splice(..2, [format!("exactly {least} {}", plural(*least, "character"))]);
    }
    (!rules.is_empty()).then(|| rules.join(", "))
}

fn constraint(rule: &Constraint) -> String {
    match rule {
        Constraint::Minimum(least, false) => format!("at least {least}"),
        Constraint::Minimum(least, true) => format!("more than {least}"),
        Constraint::Maximum(most, false) => format!("at most {most}"),
        Constraint::Maximum(most, true) => format!("less than {most}"),
        Constraint::MultipleOf(step) => format!("a multiple of {step}"),
        Constraint::MinLength(least) => format!("at least {least} {}", plural(*least, "character")),
        Constraint::MaxLength(most) => format!("at most {most} {}", plural(*most, "character")),
        Constraint::Pattern(pattern) => format!("matches {}", markdown::code(pattern)),
        Constraint::MinItems(least) => format!("at least {least} {}", plural(*least, "item")),
        Constraint::MaxItems(most) => format!("at most {most} {}", plural(*most, "item")),
        Constraint::UniqueItems => "no item twice".to_owned(),
        Constraint::MinProperties(least) => format!("at least {least} {}", properties(*least)),
        Constraint::MaxProperties(most) => format!("at most {most} {}", properties(*most)),
        Constraint::OneOf(values) => {
            let values: Vec<String> = values.iter().map(|value| markdown::code(value)).collect();
            format!("one of {}", values.join(", "))
        }
        Constraint::RequiresOneOf(lists) => {
            let list = |names: &Vec<String>| {
                let names: Vec<String> = names.iter().map(|name| markdown::code(name)).collect();
                names.join(" with ")
            };
            let lists: Vec<String> = lists.iter().map(list).collect();
            format!("needs {}", lists.join(" or "))
        }
        Constraint::Not => "not every such value: the document excludes some".to_owned(),
        Constraint::Never => "no value: the document allows none".to_owned(),
        Constraint::Format(name) => format!("format {}", markdown::code(name)),
        Constraint::Content(name) => format!("content of type {}", markdown::code(name)),
        Constraint::EitherOf(lists) => {
            let list = |rules: &Vec<Constraint>| match rules.is_empty() {
                true => "anything else".to_owned(),
                false => rules.iter().map(constraint).collect::<Vec<_>>().join(" and "),
            };
            // What always holds is no more than the others, and stands last.
            let (others, told): (Vec<_>, Vec<_>) = lists.iter().partition(|list| list.is_empty());
            let lists: Vec<String> = told.into_iter().chain(others).map(list).collect();
            format!("one of: {}", lists.join("; "))
        }
    }
}

fn properties(count: usize) -> &'static str {
    if count == 1 { "property" } else { "properties" }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::of_status;

    #[test]
    fn what_is_no_paragraph_stays_as_it_is_behind_a_status() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(of_status("404", text, "NotFound"), expected, "{text:?}");
        };
        check("", &["404: NotFound."]);
        check("There is none\nof that id", &["404: There is none of that id."]);
        check("Because:\n- a\n- b\n", &["404: Because:", "- a", "- b"]);
        check("  One.\n\nTwo.", &["404: One.", "", "Two."]);
        check("- a\n- b", &["404:", "", "- a", "- b"]);
        check("See\n```\nx\n```", &["404: See", "```text", "x", "```"]);
        check("- a", &["404: - a."]);
    }
}
