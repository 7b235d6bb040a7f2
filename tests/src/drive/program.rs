//! The driver's source text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::signatures::{Call, Method, Send, Surface};

/// The part of the driver that is the same for all clients.
const FRAME: &str = include_str!("frame.rs.txt");

/// Collects the driver's functions; what is added is known by its number from then on.
#[derive(Debug, Default)]
pub(super) struct Program {
    text: String,
    trips: Vec<String>,
    calls: Vec<String>,
    readers: BTreeMap<String, String>,
}

/// An operation as the driver can call it.
#[derive(Clone, Debug)]
pub struct Callable {
    /// Its number.
    pub number: usize,
    /// The way to send: `send`, or one for another media type.
    pub send: String,
    /// The names of its arguments and setters.
    pub takes: Vec<String>,
}

impl Program {
    /// Adds a type that texts are to be decoded into.
    pub(super) fn trip(&mut self, ty: &str) -> usize {
        self.trips.push(format!("trip::<{ty}>"));
        self.trips.len() - 1
    }

    /// Adds the client of a crate; `servers` are those that single operations have.
    pub(super) fn client(&mut self, krate: &str, servers: &[String]) {
        let servers: String =
            servers.iter().map(|server| format!(".server({server:?}, base)")).collect();
        let _ = write!(
            self.text,
            "\nfn {krate}_client(base: &str) -> {krate}::Client {{\n    \
             {krate}::Client::builder().base_url(base){servers}\n        \
              .credentials(specwright_runtime::auth::External)\n        \
              .retry(specwright_runtime::RetryPolicy::never()).build().expect(\"a client\")\n}}\n"
        );
    }

    /// Adds a method of a client, once for each way to send.
    ///
    /// # Errors
    ///
    /// What of it cannot be made from JSON.
    pub(super) fn method(
        &mut self,
        krate: &str,
        name: &str,
        surface: &Surface,
    ) -> Result<Vec<Callable>, String> {
        let method = surface.methods.get(name).ok_or("the client has no such method")?;
        let call = surface.calls.get(&method.call).ok_or("there is no such call")?;
        if let Some((argument, _)) = method.arguments.iter().find(|(_, ty)| ty.is_none()) {
            return Err(format!("the argument `{argument}` cannot be made from JSON"));
        }
        let ways = ways(call);
        if ways.is_empty() {
            return Err("its answer is a stream of values, which is not judged".to_owned());
        }
        let mut callables = Vec::new();
        for send in ways {
            let number = self.calls.len();
            let body = self.body_reader(&send.answer, surface)?;
            let error = self.error_reader(&send.error, surface)?;
            let function = format!("call_{number}");
            self.text.push_str(&function_text(krate, &function, name, method, call));
            let read = if send.metadata { "with_metadata" } else { "without_metadata" };
            let _ = write!(self.text, "    {read}(call.{}(), {body}, {error})\n}}\n", send.name);
            self.calls.push(function);
            let setters = call.setters.iter().filter(|(_, ty)| ty.is_some());
            let takes = method.arguments.iter().chain(setters).map(|(name, _)| name.clone());
            let send = send.name.trim_end_matches("_with_metadata").to_owned();
            callables.push(Callable { number, send, takes: takes.collect() });
        }
        Ok(callables)
    }

    /// The function that makes JSON of an answer.
    fn body_reader(&mut self, ty: &str, surface: &Surface) -> Result<String, String> {
        let plain = |reader: &str| Ok(format!("{reader}::<{ty}>"));
        match ty {
            "()" => return Ok("nothing".to_owned()),
            "specwright_runtime::bytes::Bytes" => return Ok("bytes".to_owned()),
            _ => {}
        }
        let Some(variants) = surface.variants(ty) else { return plain("json_of") };
        let mut arms = String::new();
        for variant in variants {
            let name = &variant.name;
            let arm = match variant.payload.as_deref() {
                None => format!("{ty}::{name} => Value::Null"),
                Some(payload) => {
                    let reader = self.body_reader(payload, surface)?;
                    format!("{ty}::{name}(body) => {reader}(body)")
                }
            };
            let _ = writeln!(arms, "        {arm},");
        }
        Ok(self.reader(ty, &format!("&{ty}"), "Value", &arms, "Value::Null"))
    }

    /// The function that makes the variant's name and JSON of a documented error.
    fn error_reader(&mut self, ty: &str, surface: &Surface) -> Result<String, String> {
        let Some(variants) = surface.variants(ty) else {
            return Ok("undocumented".to_owned());
        };
        let mut arms = String::new();
        for variant in variants {
            let name = &variant.name;
            let payload = variant.payload.as_deref().unwrap_or_default();
            let inner = payload.split_once('<').and_then(|(_, inner)| inner.strip_suffix('>'));
            let arm = match inner {
                Some(inner) => {
                    let reader = self.body_reader(inner, surface)?;
                    format!("{ty}::{name}(body) => documented({name:?}, body.get().map({reader}))")
                }
                None if variant.payload.is_none() => {
                    format!("{ty}::{name} => documented({name:?}, None)")
                }
                None => format!("{ty}::{name}(..) => documented({name:?}, None)"),
            };
            let _ = writeln!(arms, "        {arm},");
        }
        Ok(self.reader(ty, &format!("&{ty}"), "Value", &arms, "Value::Null"))
    }

    /// A function that matches on an enum, made once.
    fn reader(&mut self, key: &str, takes: &str, gives: &str, arms: &str, other: &str) -> String {
        if let Some(known) = self.readers.get(key) {
            return known.clone();
        }
        let name = format!("read_{}", self.readers.len());
        let _ = write!(
            self.text,
            "\nfn {name}(value: {takes}) -> {gives} {{\n    match value {{\n{arms}        \
             _ => {other},\n    }}\n}}\n"
        );
        self.readers.insert(key.to_owned(), name.clone());
        name
    }

    /// The whole program.
    pub(super) fn finish(self) -> String {
        let table = |name: &str, ty: &str, entries: &[String]| {
            let entries: String = entries.iter().map(|one| format!("    {one},\n")).collect();
            format!("\nstatic {name}: &[{ty}] = &[\n{entries}];\n")
        };
        let trips = table("TRIPS", "fn(&[u8]) -> Value", &self.trips);
        let calls = table("CALLS", "fn(&str, &Arguments) -> Result<Value, String>", &self.calls);
        format!("{FRAME}{trips}{calls}{}", self.text)
    }
}

/// The distinct ways to send, with metadata where that is offered. A stream is for those who cannot
/// hold the answer.
fn ways(call: &Call) -> Vec<&Send> {
    let base = |send: &Send| send.name.trim_end_matches("_with_metadata").to_owned();
    let mut chosen: BTreeMap<String, &Send> = BTreeMap::new();
    let whole = |send: &&Send| !send.name.contains("stream") && !is_stream(&send.answer);
    for send in call.sends.iter().filter(whole) {
        let slot = chosen.entry(base(send)).or_insert(send);
        if send.metadata {
            *slot = send;
        }
    }
    chosen.into_values().collect()
}

/// Whether an answer is many values, none of which the driver waits for.
fn is_stream(answer: &str) -> bool {
    let name = answer.split('<').next().unwrap_or_default();
    ["specwright_runtime::EventStream", "specwright_runtime::JsonStream"].contains(&name.trim())
}

fn function_text(krate: &str, function: &str, name: &str, method: &Method, call: &Call) -> String {
    let arguments: Vec<String> = method
        .arguments
        .iter()
        .filter_map(|(name, ty)| Some(format!("given.get::<{}>({name:?})?", ty.as_ref()?)))
        .collect();
    let mut text = format!(
        "\nfn {function}(base: &str, given: &Arguments) -> Result<Value, String> {{\n    \
         let call = {krate}_client(base).{name}({});\n",
        arguments.join(", ")
    );
    for (name, ty) in &call.setters {
        if let Some(ty) = ty {
            let _ = writeln!(
                text,
                "    let call = match given.find::<{ty}>({name:?})? {{ Some(it) => call.{name}(it), None => call }};"
            );
        }
    }
    text
}
