//! Puts right in the tree what is clear to a reader and not to openapiv3: YAML's
//! numbers where text is due, whole numbers written with a fraction, keys without a value. Bounds,
//! defaults and values of an `enum` that have more digits than a double keep them in a mark beside them.

use serde_json::{Map, Number, Value};

use super::siblings;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::faults::remove;
use crate::pointer::Pointer;
use crate::shape::{Object, Shape, Trail, for_each_child, is_beyond, reference, shape_of};
use crate::source::Source;

/// The mark of bounds and defaults as they are written, by key, where a double is another number, and of the
/// values of an `enum`, by position under its key: `lower` reads it.
pub(crate) const EXACT: &str = "x-specwright-exact";

/// Repairs the tree, and tells what was read as something else than it says.
pub(super) fn repair(source: &Source, root: &mut Value) -> Diagnostics {
    let mut plan = Plan::default();
    plan.visit(root, Object::Document, &Trail::Start(&Pointer::root()));
    let mut diagnostics = plan.tell(root);
    diagnostics.extend(plan.tell_of_great(source, root));
    plan.restore(source, root);
    plan.keep_digits(source, root);
    for (pointer, number) in plan.numbers {
        if let Some(value) = root.pointer_mut(pointer.as_str()) {
            *value = number.into();
        }
    }
    for pointer in &plan.absent {
        remove(root, pointer);
    }
    diagnostics
}

/// Puts text back where YAML made numbers of it, and leaves all else as it is.
pub(crate) fn restore_texts(source: &Source, root: &mut Value) {
    let mut plan = Plan::default();
    plan.visit(&source.root, Object::Document, &Trail::Start(&Pointer::root()));
    plan.restore(source, root);
}

/// What there is to do.
#[derive(Default)]
struct Plan {
    /// Numbers and booleans that are text.
    texts: Vec<Pointer>,
    /// The first such value of each `enum` of texts.
    listed: Vec<Pointer>,
    /// Texts of each `enum` without a type that look like numbers which no double holds.
    great: Vec<Pointer>,
    /// Bounds, defaults and values of an `enum` that a double may not hold.
    fractions: Vec<Pointer>,
    /// Integers written as fractions.
    numbers: Vec<(Pointer, i64)>,
    /// Members to take out.
    absent: Vec<Pointer>,
}

impl Plan {
    /// Writes the texts as the files have them.
    fn restore(&self, source: &Source, root: &mut Value) {
        let pointers: Vec<&Pointer> = self.texts.iter().collect();
        let texts = source.scalars(&pointers);
        for (pointer, text) in self.texts.iter().zip(texts) {
            if let Some(value) = root.pointer_mut(pointer.as_str()) {
                *value = Value::String(text.unwrap_or_else(|| value.to_string()));
            }
        }
    }

    /// Tells of values of an `enum` that its type excludes: without quotation marks they are no texts.
    fn tell(&self, root: &Value) -> Diagnostics {
        let told = self.listed.iter().filter_map(|pointer| {
            let value = pointer.lookup(root)?;
            let message = format!(
                "`type` says text, and `enum` lists {value}, which is none: it is read as one"
            );
            let help = "put quotation marks around each value, or make `type` say what they are";
            Some(Diagnostic::warning(Code::FaultyDocument, message).at(pointer).help(help))
        });
        told.collect()
    }

    /// Tells of numbers of an `enum` that no double holds, which YAML's reader makes texts of. Where the
    /// type says number, `lower` tells of them; one in quotation marks is meant to be a text.
    fn tell_of_great(&self, source: &Source, root: &Value) -> Diagnostics {
        let pointers: Vec<&Pointer> = self.great.iter().collect();
        let plain = source.are_plain(&pointers).into_iter().zip(pointers);
        let told = plain.filter(|(is_plain, _)| *is_plain).filter_map(|(_, pointer)| {
            let text = pointer.lookup(root)?.as_str()?;
            let message = format!(
                "`enum` lists {text}, which is beyond what a number of 64 bits holds: it is read as a text"
            );
            let help = "put quotation marks around it if it is a text; take it out if it is a number";
            Some(Diagnostic::warning(Code::FaultyDocument, message).at(pointer).help(help))
        });
        told.collect()
    }

    /// Keeps numbers as the files have them, where the tree has them rounded.
    fn keep_digits(&self, source: &Source, root: &mut Value) {
        let pointers: Vec<&Pointer> = self.fractions.iter().collect();
        let texts = source.scalars(&pointers);
        for (pointer, text) in self.fractions.iter().zip(texts) {
            let (Some(text), Some(parent)) = (text, pointer.parent()) else { continue };
            let known = pointer.lookup(root).and_then(Value::as_f64);
            let Some(key) = pointer.tokens().last().filter(|_| has_more(&text, known)) else {
                continue;
            };
            // The values of an `enum` are one step further from their schema.
            let is_list = parent.lookup(root).is_some_and(Value::is_array);
            let list = parent.tokens().last().filter(|_| is_list);
            let holder = if list.is_some() { parent.parent() } else { Some(parent) };
            let exact = holder.and_then(|holder| match root.pointer_mut(holder.as_str()) {
                Some(Value::Object(schema)) => entry(schema, EXACT),
                _ => None,
            });
            let exact = match list {
                Some(list) => exact.and_then(|exact| entry(exact, &list)),
                None => exact,
            };
            if let Some(exact) = exact {
                exact.insert(key, Value::String(text));
            }
        }
    }

    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        let is_reference = reference(value, object).is_some();
        for (key, member) in value.as_object().into_iter().flatten() {
            if is_reference && !siblings::is_kept(object, key) {
                continue;
            }
            let trail = Trail::Key(trail, key);
            match shape_of(object, key) {
                Some(Shape::Anything)
                    if object == Object::Schema && key == "default" && member.is_f64() =>
                {
                    self.fractions.push(trail.pointer());
                }
                Some(Shape::Anything) | None => {}
                // An answer without a description is one all the same.
                Some(Shape::One(Object::Response)) => {}
                Some(_) if member.is_null() => self.absent.push(trail.pointer()),
                Some(shape) => self.scalar(member, shape, value, &trail),
            }
        }
        if is_reference {
            return;
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    fn scalar(&mut self, member: &Value, shape: Shape, parent: &Value, trail: &Trail<'_>) {
        let is_integer = parent.get("type").is_some_and(|kind| kind == "integer");
        if shape == Shape::Values {
            self.listed_numbers(member, parent, trail);
        }
        match shape {
            Shape::Text => self.text(member, trail),
            Shape::Texts => each(member, trail, |value, trail| self.text(value, trail)),
            Shape::TextMap => {
                for (key, value) in member.as_object().into_iter().flatten() {
                    self.text(value, &Trail::Key(trail, key));
                }
            }
            Shape::Count => self.integer(member, trail),
            Shape::Number if is_integer => {
                self.integer(member, trail);
                let Value::Number(number) = member else { return };
                if !number.is_i64() && whole(number).is_none() {
                    self.fractions.push(trail.pointer());
                }
            }
            // The library reads all of these as doubles.
            Shape::Number if member.is_f64() || is_great(member) => {
                self.fractions.push(trail.pointer());
            }
            // Only `enum` has this shape.
            Shape::Values if parent.get("type").is_some_and(|kind| kind == "string") => {
                let known = self.texts.len();
                each(member, trail, |value, trail| self.text(value, trail));
                self.listed.extend(self.texts.get(known).cloned());
            }
            Shape::Values if is_integer => {
                each(member, trail, |value, trail| self.integer(value, trail));
            }
            Shape::Values if parent.get("type").is_none() => each(member, trail, |value, trail| {
                if value.is_string() && is_beyond(value) {
                    self.great.push(trail.pointer());
                }
            }),
            _ => {}
        }
    }

    /// The numbers of an `enum` that a double may not hold. Beside `type: number` the library reads all of
    /// them as doubles, else only those that are.
    fn listed_numbers(&mut self, list: &Value, parent: &Value, trail: &Trail<'_>) {
        let is_number = parent.get("type").is_some_and(|kind| kind == "number");
        each(list, trail, |value, trail| {
            if value.is_f64() || is_number && is_great(value) {
                self.fractions.push(trail.pointer());
            }
        });
    }

    fn text(&mut self, value: &Value, trail: &Trail<'_>) {
        if value.is_number() || value.is_boolean() {
            self.texts.push(trail.pointer());
        }
    }

    fn integer(&mut self, value: &Value, trail: &Trail<'_>) {
        let Value::Number(number) = value else { return };
        if let Some(whole) = whole(number) {
            self.numbers.push((trail.pointer(), whole));
        }
    }
}

/// The object under a key, which is a new one where there is none.
fn entry<'m>(map: &'m mut Map<String, Value>, key: &str) -> Option<&'m mut Map<String, Value>> {
    map.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}

fn each(list: &Value, trail: &Trail<'_>, mut visit: impl FnMut(&Value, &Trail<'_>)) {
    for (index, value) in list.as_array().into_iter().flatten().enumerate() {
        visit(value, &Trail::Index(trail, index));
    }
}

/// Whether a number in plain digits, as it is written, has others than its double (RFC 8259, section
/// 6: how exact a number is depends on who reads it).
fn has_more(text: &str, double: Option<f64>) -> bool {
    let is_plain = text.chars().all(|one| one.is_ascii_digit() || matches!(one, '.' | '-'));
    let digits = |text: &str| match text.split_once('.') {
        Some((whole, rest)) => {
            format!("{}.{}", whole.trim_start_matches('0'), rest.trim_end_matches('0'))
        }
        None => format!("{}.", text.trim_start_matches('0')),
    };
    let is_other = |double: &f64| digits(text) != digits(&double.to_string());
    // A place that moved may lead to another number.
    is_plain && double.filter(is_other).is_some_and(|double| text.parse() == Ok(double))
}

/// Whether a whole number has more than the 53 bits of which a double has each.
fn is_great(number: &Value) -> bool {
    const EXACT: u64 = 1 << 53;
    let size = number.as_i64().map(i64::unsigned_abs).or_else(|| number.as_u64());
    size.is_some_and(|size| size > EXACT)
}

/// The integer that a number with a fraction of zero is, within 53 bits, where a double is exact.
fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = number.as_f64().filter(|_| number.is_f64())?;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}
