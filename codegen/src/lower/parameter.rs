//! Parameters: where they travel and in which shape.

use std::borrow::Cow;
use std::collections::BTreeSet;

use openapiv3::{
    Operation as Raw, Parameter as RawParameter, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, QueryStyle, ReferenceOr,
};

use super::header::is_token;
use super::path::{advice_on, in_path_order, template, template_names};
use super::schema::{Site, part_of_name};
use super::{Lowerer, resolve};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Docs, Kind, Parameter, Place, SchemaId, StringFormat, Style, StyleForm};
use crate::pointer::Pointer;

/// Header parameters that OpenAPI 3.0 says to ignore: the description of the body decides them.
const DECIDED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];
/// Headers that say where a request goes or where it ends, which is for who sends it to know (RFC 9110,
/// sections 7.2, 7.6.1 and 8.6; RFC 9112, section 6.1).
const TRANSPORTS_OWN: [&str; 4] = ["connection", "content-length", "host", "transfer-encoding"];

/// Whether a header is for the caller to say, and can be a parameter; the name in lower case.
pub(crate) fn is_of_caller(name: &str) -> bool {
    !DECIDED_ELSEWHERE.contains(&name) && !TRANSPORTS_OWN.contains(&name)
}

impl<'d> Lowerer<'d> {
    /// The parameters in force: the operation's, and those of the path it does not override. Each with
    /// where it is written, and where it is asked for.
    pub(super) fn declared(
        &self,
        item: &'d PathItem,
        raw: &'d Raw,
        path_at: &Pointer,
        site: &Pointer,
    ) -> Vec<(&'d RawParameter, Pointer, Pointer)> {
        let map = self.document.components.as_ref().map(|all| &all.parameters);
        let list = |list: &'d [ReferenceOr<RawParameter>], at: &Pointer| -> Vec<_> {
            let at = at.push("parameters");
            let each = list.iter().enumerate();
            each.filter_map(|(index, parameter)| {
                let site = at.index(index);
                let (parameter, at) = resolve(parameter, site.clone(), "parameters", map)?;
                Some((parameter, at, site))
            })
            .collect()
        };
        let own: Vec<(&RawParameter, _, _)> = list(&raw.parameters, site);
        let mut all = list(&item.parameters, path_at);
        let taken: BTreeSet<_> = own.iter().map(|(mine, ..)| slot(mine)).collect();
        all.retain(|(shared, ..)| !taken.contains(&slot(shared)));
        all.extend(own);
        all
    }

    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: &'d PathItem,
        raw: &'d Raw,
        path_at: &Pointer,
        site: &Pointer,
        id: &str,
    ) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let mut seen = BTreeSet::new();
        for (parameter, at, asked_at) in self.declared(item, raw, path_at, site) {
            if !seen.insert(slot(parameter)) {
                self.report_repeated(parameter, &at);
                continue;
            }
            let Some(mut lowered) = self.parameter(parameter, at, id) else { continue };
            let own = lowered.docs.description.take();
            lowered.docs.description = self.described(&asked_at, own.as_deref());
            parameters.push(Parameter { site: asked_at, ..lowered });
        }
        let names = template_names(template(path));
        parameters.retain(|parameter: &Parameter| {
            let used = parameter.place != Place::Path || names.contains(&parameter.wire.as_str());
            if !used {
                let name = format!("`{{{}}}`", parameter.wire);
                let message = match template_names(path).contains(&parameter.wire.as_str()) {
                    true => format!("{name} stands behind the `#` of the path, which is not sent"),
                    false => format!("the path has no {name}"),
                };
                self.warn(
                    Code::Ignored,
                    message,
                    &parameter.at,
                    "put the parameter into the path, or remove it",
                );
            }
            used
        });
        for name in names {
            let declared = parameters
                .iter()
                .any(|parameter| parameter.place == Place::Path && parameter.wire == name);
            if !declared {
                parameters.push(self.undeclared(name, site, id));
            }
        }
        in_path_order(template(path), parameters)
    }

    fn parameter(&mut self, raw: &'d RawParameter, at: Pointer, id: &str) -> Option<Parameter> {
        let data = raw.parameter_data_ref();
        let (place, form, reserved) = match raw {
            RawParameter::Path { style, .. } => (Place::Path, path_form(style), false),
            RawParameter::Query { style, allow_reserved, .. } => {
                (Place::Query, query_form(style), *allow_reserved)
            }
            RawParameter::Header { .. } => {
                let name = data.name.to_ascii_lowercase();
                if DECIDED_ELSEWHERE.contains(&name.as_str()) {
                    return None;
                }
                if TRANSPORTS_OWN.contains(&name.as_str()) {
                    self.leave_to_transport(data, &at);
                    return None;
                }
                if !is_token(&name) {
                    self.cannot_send(raw, &at, "no call can set a header of this name");
                    return None;
                }
                (Place::Header, StyleForm::Simple, false)
            }
            RawParameter::Cookie { .. } => (Place::Cookie, StyleForm::Form, false),
        };
        let path = vec![id.to_owned(), part_of_name(&data.name)];
        // Form explodes unless told otherwise (OpenAPI 3.0, Parameter Object, `explode`).
        let explode = data.explode.unwrap_or(form == StyleForm::Form);
        let (schema, form) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                (self.schema(schema.into(), &Site { at: at.push("schema"), path }), form)
            }
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, media) = content.first()?;
                for (other, _) in content.iter().skip(1) {
                    self.warn(
                        Code::Ignored,
                        format!("a parameter has one media type: `{other}` is not used"),
                        &at.push("content").push(other),
                        "the first is; leave the others out",
                    );
                }
                let below = at.push("content").push(media_type);
                let site = Site { at: below.push("schema"), path };
                let schema = self.media_schema(media, &site);
                let form = if super::media::is_json(media_type) {
                    StyleForm::Json
                } else if self.kind_of(schema).is_single() {
                    form
                } else {
                    self.cannot_send(raw, &at, &format!("`{media_type}` cannot be written"));
                    return None;
                };
                (schema, form)
            }
        };
        if form == StyleForm::DeepObject && self.kind_of(schema).is_single() {
            self.warn(
                Code::Ignored,
                format!("`deepObject` is a style of objects: `{}` has no properties", data.name),
                &at.push("style"),
                "the value is sent as it is; leave the style out",
            );
        }
        Some(Parameter {
            wire: data.name.clone(),
            place,
            schema,
            required: data.required || place == Place::Path,
            style: Style { form, explode, reserved },
            docs: Docs {
                description: data.description.clone(),
                deprecated: data.deprecated.unwrap_or_default(),
                ..Docs::default()
            },
            site: at.clone(),
            at,
        })
    }

    /// What the path has and no parameter describes. It has to be sent, and everything that goes
    /// into a path is text.
    fn undeclared(&mut self, name: &str, site: &Pointer, id: &str) -> Parameter {
        self.warn(
            Code::FaultyDocument,
            format!("the path parameter `{name}` is not declared: it is taken for text"),
            site,
            advice_on(name),
        );
        let at = site.push("parameters").push(name);
        let place = Site { at: at.push("schema"), path: vec![id.to_owned(), part_of_name(name)] };
        let text = Kind::String(StringFormat::Plain);
        let schema = self.made_up(&place, Docs::default(), text);
        let style = Style { form: StyleForm::Simple, explode: false, reserved: false };
        Parameter {
            wire: name.to_owned(),
            place: Place::Path,
            schema,
            required: true,
            style,
            docs: Docs::default(),
            site: at.clone(),
            at,
        }
    }

    /// A call may do without an optional parameter, not without a required one.
    fn cannot_send(&mut self, raw: &RawParameter, at: &Pointer, why: &str) {
        let data = raw.parameter_data_ref();
        let message = format!("the parameter `{}` is not offered: {why}", data.name);
        if data.required {
            let help = "leave the operation out of the selection";
            self.error(Code::UnsupportedParameter, message, at, help);
        } else {
            self.warn(Code::UnsupportedParameter, message, at, "calls are made without it");
        }
    }

    /// Tells of a header that every request has as HTTP wants it: a caller has nothing to say of it, be
    /// it required or not.
    fn leave_to_transport(&mut self, data: &ParameterData, at: &Pointer) {
        let message = format!("the header `{}` is not offered: the transport writes it", data.name);
        let help = "nothing is missing; leave the parameter out to be rid of this note";
        self.diagnostics.push(Diagnostic::note(Code::Ignored, message).at(at).help(help));
    }

    fn report_repeated(&mut self, raw: &RawParameter, at: &Pointer) {
        let name = &raw.parameter_data_ref().name;
        self.warn(
            Code::Ignored,
            format!("there are two parameters `{name}` in one place; the first counts"),
            at,
            "remove one of the two",
        );
    }

    pub(super) fn kind_of(&self, mut id: SchemaId) -> &Kind {
        while let Kind::Alias(next) = self.schemas[id.0].kind {
            id = next;
        }
        &self.schemas[id.0].kind
    }
}

fn path_form(style: &PathStyle) -> StyleForm {
    match style {
        PathStyle::Simple => StyleForm::Simple,
        PathStyle::Label => StyleForm::Label,
        PathStyle::Matrix => StyleForm::Matrix,
    }
}

pub(super) fn query_form(style: &QueryStyle) -> StyleForm {
    match style {
        QueryStyle::Form => StyleForm::Form,
        QueryStyle::SpaceDelimited => StyleForm::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleForm::PipeDelimited,
        QueryStyle::DeepObject => StyleForm::DeepObject,
    }
}

/// A parameter is identified by name and place (OpenAPI 3.0, Parameter Object). The name of a
/// header has no case (RFC 9110, section 5.1).
fn slot(parameter: &RawParameter) -> (&'static str, Cow<'_, str>) {
    let name = &parameter.parameter_data_ref().name;
    match parameter {
        RawParameter::Header { .. } => ("header", name.to_ascii_lowercase().into()),
        RawParameter::Path { .. } => ("path", name.into()),
        RawParameter::Query { .. } => ("query", name.into()),
        RawParameter::Cookie { .. } => ("cookie", name.into()),
    }
}
