//! What is wrong with the input, and where.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A refusal that the compiler shows at `span`.
pub(crate) struct Error {
    span: Span,
    message: String,
}

impl Error {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }

    /// A refusal of the item as a whole.
    pub(crate) fn here(message: impl Into<String>) -> Self {
        Self::new(Span::call_site(), message)
    }

    /// `::core::compile_error! { "message" }`, every token of it at the span.
    pub(crate) fn into_compile_error(self) -> TokenStream {
        let punct = |char, spacing| TokenTree::Punct(Punct::new(char, spacing));
        let path = || [punct(':', Spacing::Joint), punct(':', Spacing::Alone)];
        let message = TokenTree::Literal(Literal::string(&self.message));
        let mut tokens: Vec<TokenTree> = path().into();
        tokens.push(TokenTree::Ident(Ident::new("core", self.span)));
        tokens.extend(path());
        tokens.push(TokenTree::Ident(Ident::new("compile_error", self.span)));
        tokens.push(punct('!', Spacing::Alone));
        let message = self.located(message).into();
        tokens.push(TokenTree::Group(Group::new(Delimiter::Brace, message)));
        tokens.into_iter().map(|token| self.located(token)).collect()
    }

    fn located(&self, mut token: TokenTree) -> TokenTree {
        token.set_span(self.span);
        token
    }
}
