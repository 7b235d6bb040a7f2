//! Pages of an operation that declares none: read off its parameters and its answer, where both have
//! the shape and the names that leave no doubt (ADR 0091).
//!
//! In: a `GET` whose answer is, or has, exactly one list. Out: what a declaration would have become.
//! A guess that is wrong loses items or never ends, so that whatever can be read in two ways is not
//! read: two cursors, a first page of which nobody says whether it is 0 or 1, a field that may as well
//! repeat what was asked for, a parameter that switches between two ways.

use serde_json::Value;

use super::around::{Around, Part};
use super::words::{self, Leads, plain};
use crate::ir::{
    Api, Constraint, Kind, Operation, Paging, Parameter, Place, SchemaId, Step, StringFormat,
    StyleForm, Turn,
};

/// How the pages of an operation follow one another, if that is beyond doubt.
pub(super) fn infer(api: &Api, operation: &Operation) -> Option<Paging> {
    if operation.method != "GET" {
        return None;
    }
    let around = Around::of(api, operation.answer(api)?)?;
    let parameters = parameters(operation);
    if parameters.iter().any(|(name, _)| words::is_switch(name)) {
        return None;
    }
    let look = Look { api, operation, parameters, around };
    let turned = look
        .cursor()
        .or_else(|| look.header())
        .or_else(|| look.counted(Look::sign))
        .or_else(|| look.link())
        .or_else(|| look.counted(Look::until_empty))?;
    let Turned { turn, next, more } = turned;
    let (size, items) = (look.size(), look.around.items);
    Some(Paging { at: operation.at.clone(), is_inferred: true, turn, size, items, next, more })
}

/// What was found.
struct Turned {
    turn: Turn,
    next: Option<Vec<Step>>,
    more: Option<Vec<Step>>,
}

/// An operation that is looked at.
struct Look<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// Those of the query that can be set from page to page, with their plain names.
    parameters: Vec<(String, &'a Parameter)>,
    around: Around,
}

fn parameters(operation: &Operation) -> Vec<(String, &Parameter)> {
    let is_plain = |parameter: &&Parameter| {
        let style = &parameter.style;
        parameter.place == Place::Query && style.form == StyleForm::Form && !style.reserved
    };
    let all = operation.parameters.iter().filter(is_plain);
    all.map(|parameter| (plain(&parameter.wire), parameter)).collect()
}

impl<'a> Look<'a> {
    /// A parameter takes what a field of the page before holds.
    fn cursor(&self) -> Option<Turned> {
        let mut found = Vec::new();
        let is_free = |(name, one): &&(String, &Parameter)| words::turns(name) && !one.required;
        for (name, parameter) in self.parameters.iter().filter(is_free) {
            let fits = |part: &&Part| self.is_same(parameter.schema, part);
            let parts = self.around.parts.iter().filter(fits);
            found.extend(parts.filter_map(|part| {
                let leads = words::leads(name, &part.holder, &part.name)?;
                let more = self.more(leads == Leads::Always)?;
                let next = Some(part.steps.clone());
                Some(Turned { turn: Turn::Cursor(parameter.wire.clone()), next, more })
            }));
        }
        if found.is_empty() {
            found.extend(self.last_of_list());
        }
        let [only] = <[_; 1]>::try_from(found).ok()?;
        Some(only)
    }

    /// A parameter takes the `id` of the last item, and a flag says how long.
    fn last_of_list(&self) -> Option<Turned> {
        let (_, parameter) = self.parameters.iter().find(|(name, _)| name == "startingafter")?;
        let Kind::Array(items) = self.api.resolved(self.around.items.leaf).kind else {
            return None;
        };
        let at = &self.operation.at;
        let id = super::super::field::step(self.api, self.api.resolve(items), "id", at).ok()?;
        let is_text = |id: SchemaId| matches!(self.api.resolved(id).kind, Kind::String(_));
        let more = self.more(true)?;
        let mut steps: Vec<Step> = self.way().collect();
        steps.extend([Step::Last, Step::Name("id".to_owned())]);
        let turn = Turn::Cursor(parameter.wire.clone());
        (is_text(id) && is_text(parameter.schema)).then_some(Turned {
            turn,
            next: Some(steps),
            more,
        })
    }

    /// The header `Link` is documented, and the operation has a parameter about pages.
    fn header(&self) -> Option<Turned> {
        let has_link = |outcome: &crate::ir::Outcome| {
            outcome.headers.iter().any(|header| header.wire.eq_ignore_ascii_case("link"))
        };
        let is_paged = self.operation.successes.iter().all(has_link) && self.is_about_pages();
        is_paged.then_some(Turned { turn: Turn::Header, next: None, more: None })
    }

    /// A parameter counts pages or items, and `ends` says how it is known that there are no more.
    fn counted(&self, ends: fn(&Self) -> Option<Ends>) -> Option<Turned> {
        let counts = |(_, one): &&(String, &'a Parameter)| {
            matches!(self.api.resolved(one.schema).kind, Kind::Integer(_) | Kind::Number(_))
        };
        let mut counters = self.parameters.iter().filter(|(name, _)| words::turns(name));
        // Where there is a cursor as well, or another counter, this one may be for show.
        let (name, parameter) = counters.next().filter(counts)?;
        if counters.next().is_some() || words::is_cursor(name) {
            return None;
        }
        let wire = parameter.wire.clone();
        let turn = match words::is_page(name) {
            true => Turn::Number(wire, self.first_page(parameter)?),
            false => Turn::Offset(wire, self.first_item(parameter)?),
        };
        let Ends { next, more } = ends(self)?;
        Some(Turned { turn, next, more })
    }

    /// The number of the first page: the parameter's default, or its least value if that is 1. A server
    /// may well begin at 0 where 0 is allowed, and at 1 as well.
    fn first_page(&self, parameter: &Parameter) -> Option<i64> {
        if let Some(default) = self.api.default(parameter.schema) {
            return default.as_i64().filter(|first| [0, 1].contains(first));
        }
        let rules = &self.api.resolved(parameter.schema).docs.constraints;
        let is_one = |rule: &Constraint| matches!(rule, Constraint::Minimum(least, false) if least.parse() == Ok(1.0));
        rules.iter().any(is_one).then_some(1)
    }

    /// The number of the first item, which is 0 unless it is said.
    fn first_item(&self, parameter: &Parameter) -> Option<i64> {
        let default = self.api.default(parameter.schema).map_or(Some(0), Value::as_i64);
        default.filter(|first| *first == 0)
    }

    /// A field is there, or a flag is true, as long as there is another page.
    fn sign(&self) -> Option<Ends> {
        let next = self.around.only(|part| {
            words::is_next(&part.name) && part.may_be_missing && self.is_sign(part.schema)
        });
        match next {
            Some(part) => Some(Ends { next: Some(part.steps.clone()), more: None }),
            None => Some(Ends { next: None, more: Some(self.flag()?.steps.clone()) }),
        }
    }

    /// Nothing says so, and the answer has the total that belongs to a page.
    fn until_empty(&self) -> Option<Ends> {
        let is_number =
            |id| matches!(self.api.resolved(id).kind, Kind::Integer(_) | Kind::Number(_));
        let is_total = |part: &Part| words::is_total(&part.name) && is_number(part.schema);
        let is_page = self.around.parts.iter().any(is_total) && self.size().is_some();
        is_page.then_some(Ends { next: None, more: None })
    }

    /// A link in the body.
    fn link(&self) -> Option<Turned> {
        let part = self.around.only(|part| {
            let by_name = words::is_link(&part.name);
            let by_place = words::is_next(&part.name) && self.is_about_pages();
            (by_name && self.is_text(part.schema)) || (by_place && self.is_address(part))
        })?;
        let mut next = part.steps.clone();
        if matches!(self.api.resolved(part.schema).kind, Kind::Object(_) | Kind::Array(_)) {
            next.push(Step::Name("href".to_owned()));
        }
        Some(Turned { turn: Turn::Link, next: Some(next), more: None })
    }

    /// The flag that says whether there is more. One that is only there at times is looked at only
    /// where it has to be; `None` if it has to be and is not there.
    fn more(&self, is_needed: bool) -> Option<Option<Vec<Step>>> {
        match self.flag() {
            Some(flag) if is_needed || !flag.may_be_missing => Some(Some(flag.steps.clone())),
            _ => (!is_needed).then_some(None),
        }
    }

    fn flag(&self) -> Option<&Part> {
        self.around.only(|part| {
            words::is_more(&part.name) && matches!(self.kind(part.schema), Kind::Boolean)
        })
    }

    /// The parameter that says how many items a page has.
    fn size(&self) -> Option<String> {
        let mut sizes = self.parameters.iter().filter(|(name, parameter)| {
            words::is_size(name)
                && matches!(self.kind(parameter.schema), Kind::Integer(_) | Kind::Number(_))
        });
        let (_, size) = sizes.next()?;
        sizes.next().is_none().then(|| size.wire.clone())
    }

    fn is_about_pages(&self) -> bool {
        self.parameters.iter().any(|(name, _)| words::is_of_pages(name))
    }

    /// Whether a parameter takes what a field holds as it is: a text, or a number that may be missing.
    fn is_same(&self, parameter: SchemaId, part: &Part) -> bool {
        match (self.kind(parameter), self.kind(part.schema)) {
            (Kind::String(one), Kind::String(other)) => one == other && !self.is_web(part.schema),
            (Kind::Integer(_), Kind::Integer(_)) => part.may_be_missing,
            _ => false,
        }
    }

    /// Whether a field that is there says that there is another page.
    fn is_sign(&self, schema: SchemaId) -> bool {
        self.has_href(schema)
            || matches!(
                self.kind(schema),
                Kind::String(StringFormat::Plain) | Kind::Integer(_) | Kind::Array(_)
            )
    }

    /// Whether a field is, or holds, an address by what the document says of it or where it stands.
    fn is_address(&self, part: &Part) -> bool {
        let is_among_links = matches!(part.holder.as_str(), "links" | "pages");
        self.has_href(part.schema)
            || matches!(self.kind(part.schema), Kind::Array(_))
            || (self.is_text(part.schema) && (self.is_web(part.schema) || is_among_links))
    }

    /// Whether a field is an object with an address.
    fn has_href(&self, schema: SchemaId) -> bool {
        let Kind::Object(object) = self.kind(schema) else { return false };
        object.properties.iter().any(|one| one.wire == "href" && self.is_text(one.schema))
    }

    fn is_text(&self, schema: SchemaId) -> bool {
        matches!(self.kind(schema), Kind::String(StringFormat::Plain))
    }

    /// Whether the format says that a text is an address.
    fn is_web(&self, schema: SchemaId) -> bool {
        let format = self.api.resolved(schema).format.as_deref();
        matches!(format, Some("uri" | "url" | "uri-reference"))
    }

    fn kind(&self, schema: SchemaId) -> &Kind {
        &self.api.resolved(schema).kind
    }

    /// The way to the list.
    fn way(&self) -> impl Iterator<Item = Step> {
        self.around.items.steps.iter().map(|(_, name)| Step::Name(name.clone()))
    }
}

/// How it is known that there are no more pages; by one without items where nothing is said.
struct Ends {
    next: Option<Vec<Step>>,
    more: Option<Vec<Step>>,
}
