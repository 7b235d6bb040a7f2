//! Tokens to an [`Item`]: a struct with named fields or with one that has none, or an enum of unit and one-field variants.

use std::iter::Peekable;
use std::vec::IntoIter;

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::error::Error;

/// A struct or an enum.
pub(crate) struct Item {
    pub(crate) attrs: Vec<Attr>,
    pub(crate) visibility: String,
    pub(crate) name: Ident,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
    /// A struct of one field without a name: its type.
    Newtype(Vec<TokenTree>),
}

pub(crate) struct Field {
    pub(crate) attrs: Vec<Attr>,
    pub(crate) name: Ident,
    pub(crate) ty: Vec<TokenTree>,
}

pub(crate) struct Variant {
    pub(crate) attrs: Vec<Attr>,
    pub(crate) name: Ident,
    pub(crate) payload: Option<Vec<TokenTree>>,
}

/// An attribute of ours, `#[name(arguments)]`.
pub(crate) struct Attr {
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<TokenTree>,
}

impl Item {
    pub(crate) fn parse(input: TokenStream) -> Result<Self, Error> {
        let mut tokens = Tokens::new(input);
        let attrs = tokens.attrs()?;
        let visibility = tokens.visibility();
        let keyword = tokens.ident("`struct` or `enum`")?;
        let name = tokens.ident("a name")?;
        if let Some(group) = tokens.group(Delimiter::Parenthesis) {
            let body = Body::Newtype(newtype(group, &name)?);
            return Ok(Self { attrs, visibility, name, body });
        }
        let body = match tokens.group(Delimiter::Brace) {
            Some(group) => group,
            None => {
                let message = "generics are not supported: `{` is due here";
                return Err(Error::new(tokens.span(), message));
            }
        };
        let body = match keyword.to_string().as_str() {
            "struct" => Body::Struct(list(body, field)?),
            "enum" => Body::Enum(list(body, variant)?),
            _ => return Err(Error::new(keyword.span(), "only structs and enums are supported")),
        };
        Ok(Self { attrs, visibility, name, body })
    }
}

/// The type of the only field of a tuple struct.
fn newtype(group: Group, name: &Ident) -> Result<Vec<TokenTree>, Error> {
    let mut tokens = Tokens::new(group.stream());
    tokens.attrs()?;
    tokens.visibility();
    let ty = tokens.until_comma();
    tokens.punct(',');
    if ty.is_empty() || tokens.0.peek().is_some() {
        return Err(Error::new(name.span(), "a tuple struct has one field"));
    }
    Ok(ty)
}

/// Reads the items of a list with a comma after each.
fn list<T>(group: Group, item: fn(&mut Tokens) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    let mut tokens = Tokens::new(group.stream());
    let mut items = Vec::new();
    while tokens.0.peek().is_some() {
        items.push(item(&mut tokens)?);
        if tokens.0.peek().is_some() && !tokens.punct(',') {
            return Err(Error::new(tokens.span(), "`,` is due here"));
        }
    }
    Ok(items)
}

fn field(tokens: &mut Tokens) -> Result<Field, Error> {
    let attrs = tokens.attrs()?;
    tokens.visibility();
    let name = tokens.ident("the name of a field")?;
    if !tokens.punct(':') {
        return Err(Error::new(tokens.span(), "`:` is due here"));
    }
    Ok(Field { attrs, name, ty: tokens.until_comma() })
}

fn variant(tokens: &mut Tokens) -> Result<Variant, Error> {
    let attrs = tokens.attrs()?;
    let name = tokens.ident("the name of a variant")?;
    let payload = tokens.group(Delimiter::Parenthesis).map(|group| {
        let mut inner = Tokens::new(group.stream());
        let payload = inner.until_comma();
        inner.punct(',');
        (payload, inner.0.peek().is_some())
    });
    match payload {
        Some((_, true)) => Err(Error::new(name.span(), "a variant holds one type at most")),
        payload => Ok(Variant { attrs, name, payload: payload.map(|(payload, _)| payload) }),
    }
}

/// Tokens that are still to be read.
pub(crate) struct Tokens(Peekable<IntoIter<TokenTree>>);

impl Tokens {
    fn new(stream: TokenStream) -> Self {
        Self(open_groups(stream).into_iter().peekable())
    }

    /// Where the next token is.
    fn span(&mut self) -> Span {
        self.0.peek().map_or_else(Span::call_site, TokenTree::span)
    }

    fn attrs(&mut self) -> Result<Vec<Attr>, Error> {
        let mut attrs = Vec::new();
        while self.punct('#') {
            let Some(group) = self.group(Delimiter::Bracket) else { continue };
            let mut inner = Self::new(group.stream());
            let Some(TokenTree::Ident(name)) = inner.0.next() else { continue };
            if !matches!(name.to_string().as_str(), "wire" | "status" | "check") {
                continue;
            }
            let Some(arguments) = inner.group(Delimiter::Parenthesis) else {
                let message = format!("`{name}` takes arguments: `#[{name}(…)]`");
                return Err(Error::new(name.span(), message));
            };
            attrs.push(Attr { name, arguments: open_groups(arguments.stream()) });
        }
        Ok(attrs)
    }

    fn visibility(&mut self) -> String {
        let is_pub =
            |token: &TokenTree| matches!(token, TokenTree::Ident(i) if i.to_string() == "pub");
        match self.0.next_if(is_pub) {
            None => String::new(),
            Some(_) => match self.group(Delimiter::Parenthesis) {
                None => "pub".to_owned(),
                Some(group) => format!("pub{group}"),
            },
        }
    }

    fn ident(&mut self, what: &str) -> Result<Ident, Error> {
        let span = self.span();
        match self.0.next() {
            Some(TokenTree::Ident(ident)) => Ok(ident),
            _ => Err(Error::new(span, format!("{what} is due here"))),
        }
    }

    fn punct(&mut self, char: char) -> bool {
        let is_char =
            |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == char);
        self.0.next_if(is_char).is_some()
    }

    fn group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let is_group =
            |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == delimiter);
        match self.0.next_if(is_group) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        }
    }

    /// What stands before the next comma that is not between angle brackets.
    fn until_comma(&mut self) -> Vec<TokenTree> {
        let mut depth = 0_i32;
        let mut found = Vec::new();
        while let Some(token) = self.0.next_if(|token| depth > 0 || !is_punct(token, ',')) {
            depth += i32::from(is_punct(&token, '<')) - i32::from(is_punct(&token, '>'));
            found.push(token);
        }
        found
    }
}

pub(crate) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

/// The tokens, with the invisible groups around a `macro_rules` argument taken away.
pub(crate) fn open_groups(stream: TokenStream) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                tokens.extend(open_groups(group.stream()));
            }
            token => tokens.push(token),
        }
    }
    tokens
}
