//! What a call sends: one body, one of several, or parts one by one.

use super::super::types::Type;
use super::super::{ArgumentPlace, BodyEnum, BodyKind, BodyVariant, Docs, Input, docs, markdown};
use super::Call;
use crate::ir::{self, Body, Content, ContentKind, Kind, Part, PartKind, SchemaId};
use crate::names::Side;

impl Call<'_> {
    pub(super) fn contents(&self) -> &[Content] {
        self.operation.body.as_ref().map_or(&[], |body| &body.contents)
    }

    /// The body, where there is no choice.
    pub(super) fn only_content(&self) -> Option<&Content> {
        match self.contents() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// How the body is taken, and what is done with it.
    pub(super) fn body(&self, body: &Body) -> (Input, ArgumentPlace) {
        if let Some(names) = &self.names.body {
            let ty = Type::Sibling(self.context.call_path(&names.name));
            return (Input::Value(ty), ArgumentPlace::Body(BodyKind::OneOf));
        }
        let Some(content) = body.contents.first() else {
            return (Input::Value(Type::value()), ArgumentPlace::Body(BodyKind::Json));
        };
        let (ty, kind) = self.content(content);
        let input = match kind {
            BodyKind::Text => Input::Text,
            BodyKind::Bytes => Input::Into(ty),
            BodyKind::Json | BodyKind::Form(_) | BodyKind::Multipart | BodyKind::OneOf => {
                Input::Value(ty)
            }
        };
        (input, ArgumentPlace::Body(kind))
    }

    fn content(&self, content: &Content) -> (Type, BodyKind) {
        let typed = |schema| self.context.element_type(schema, Side::Input);
        match &content.kind {
            ContentKind::Json(schema) => (typed(*schema), BodyKind::Json),
            ContentKind::Form(schema, styles) => (typed(*schema), BodyKind::Form(styles.clone())),
            ContentKind::Multipart(_) => (Type::Multipart, BodyKind::Multipart),
            ContentKind::Text => (Type::string(), BodyKind::Text),
            ContentKind::Bytes => (Type::Body, BodyKind::Bytes),
        }
    }

    /// The enum of bodies, where there are several.
    pub(super) fn bodies(&self) -> Option<BodyEnum> {
        let names = self.names.body.as_ref()?;
        let each = self.contents().iter().zip(&names.variants);
        let variants = each.map(|(content, name)| {
            let (ty, body) = self.content(content);
            let said = content.range.as_ref().unwrap_or(&content.media_type);
            let line = format!("A body of type {}.", markdown::code(said));
            let (words, insides) = self.content_words(content);
            let mut sections = vec![vec![line], docs::of_schema(&words, "")];
            sections.extend(insides);
            if let ContentKind::Multipart(form) = &content.kind {
                sections.extend(named_parts(&form.named));
            }
            let docs = docs::join(sections);
            let media_type = content.media_type.clone();
            BodyVariant { docs, name: name.clone(), media_type, ty, body }
        });
        let method = self.context.method_link(self.index);
        Some(BodyEnum {
            docs: vec![format!("What {method} can send: one of several bodies.")],
            name: names.name.clone(),
            variants: variants.collect(),
        })
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = (&Part, &String)> {
        self.operation.parts().iter().zip(&self.names.parts)
    }

    /// An optional body needs none of its parts.
    pub(super) fn is_needed(&self, part: &Part) -> bool {
        part.required && self.operation.body.as_ref().is_some_and(|body| body.required)
    }

    pub(super) fn part_input(&self, part: &Part) -> Input {
        match part.kind {
            PartKind::File(_) => Input::Into(Type::Part),
            PartKind::Files(_) => Input::EachInto(Type::Part),
            PartKind::Value(_) | PartKind::Json(_) => self.styled_input(part.schema),
        }
    }

    pub(super) fn part_docs(&self, part: &Part) -> Docs {
        let mut text = self.context.api.docs(part.schema).into_owned();
        if part.kind.is_file() {
            // Its type says that it is a file.
            text.format = None;
        }
        let words = docs::of_schema(&text, &format!("The part {}.", markdown::code(&part.wire)));
        let insides = match part.kind {
            PartKind::Files(_) => self.each_file(part.schema),
            PartKind::File(_) | PartKind::Value(_) | PartKind::Json(_) => {
                self.context.insides(part.schema)
            }
        };
        docs::join(std::iter::once(words).chain(insides).collect())
    }

    /// What is said of each of several files, but for their format.
    fn each_file(&self, files: SchemaId) -> Option<Docs> {
        let Kind::Array(file) = self.context.api.resolved(files).kind else { return None };
        let said = ir::Docs { format: None, ..self.context.api.docs(file).into_owned() };
        let words = docs::in_a_line(&said);
        (!words.is_empty()).then(|| vec![format!("Each: {words}")])
    }
}

/// The parts that the caller makes.
fn named_parts(named: &[(String, bool)]) -> Option<Docs> {
    let one = |(wire, required): &(String, bool)| match required {
        true => format!("{}, which is required", markdown::code(wire)),
        false => markdown::code(wire),
    };
    let each: Vec<String> = named.iter().map(one).collect();
    (!each.is_empty()).then(|| vec![format!("Its parts: {}.", each.join("; "))])
}

pub(super) fn part_place(part: &Part) -> ArgumentPlace {
    let (wire, media_type) = (part.wire.clone(), part.kind.media_type().cloned());
    match &part.kind {
        PartKind::File(_) => ArgumentPlace::Part { wire, media_type },
        PartKind::Files(_) => ArgumentPlace::Parts { wire, media_type },
        PartKind::Value(_) => ArgumentPlace::PartValue { wire, media_type },
        PartKind::Json(_) => ArgumentPlace::PartJson { wire, media_type },
    }
}

/// Which media type a part has that the caller gives as it is.
pub(super) fn part_types(part: &Part) -> Option<String> {
    let (PartKind::File(types) | PartKind::Files(types)) = &part.kind else { return None };
    let name = markdown::code(&part.wire);
    if let Some(media_type) = part.kind.media_type() {
        return Some(format!("- The part {name} is of type {}.", markdown::code(media_type)));
    }
    let types: Vec<String> = types.iter().map(|media_type| markdown::code(media_type)).collect();
    (!types.is_empty()).then(|| {
        format!(
            "- The part {name} is of type {}: \
             [`Part::with_media_type`](specwright_runtime::Part::with_media_type) says which.",
            types.join(" or ")
        )
    })
}
