//! Rust in documentation, laid out as rustfmt would, so that it reads like the code around it.

/// How long a line may be.
pub(super) const LINE: usize = 100;
/// How long a list of arguments or a chain of calls may be that stays on one line.
const PIECE: usize = 60;
const INDENT: usize = 4;

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// What stays on its line.
    Text(String),
    /// What stands between an opening and a closing text, each with a comma behind it.
    List { open: String, items: Vec<Code>, close: &'static str },
    /// A value, and what is called on it, each behind a dot.
    Chain(Box<Code>, Vec<Code>),
}

impl Code {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A call of a function, or what is written like one.
    pub(super) fn call(function: impl std::fmt::Display, arguments: Vec<Self>) -> Self {
        Self::List { open: format!("{function}("), items: arguments, close: ")" }
    }

    /// All of it on one line.
    pub(super) fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List { open, items, close } => format!("{open}{}{close}", flat(items, ", ")),
            Self::Chain(first, links) => format!("{}.{}", first.flat(), flat(links, ".")),
        }
    }

    /// As a statement, whose first line begins with `lead`.
    pub(super) fn statement(&self, lead: &str) -> Vec<String> {
        let text = format!("{lead}{};", self.at(0, lead.len() + 1));
        text.lines().map(str::to_owned).collect()
    }

    /// The text from a line that is indented so far, and of which `taken` columns are in use.
    fn at(&self, indent: usize, taken: usize) -> String {
        let flat = self.flat();
        if self.is_short() && taken + flat.len() <= LINE {
            return flat;
        }
        let inner = indent + INDENT;
        let margin = " ".repeat(inner);
        match self {
            Self::Text(_) => flat,
            Self::List { open, items, close } => {
                let line = |item: &Self| format!("{margin}{},\n", item.at(inner, inner + 1));
                let lines: String = items.iter().map(line).collect();
                format!("{open}\n{lines}{}{close}", " ".repeat(indent))
            }
            Self::Chain(first, links) => {
                let line = |link: &Self| format!("\n{margin}.{}", link.at(inner, inner + 1));
                let lines: String = links.iter().map(line).collect();
                format!("{}{lines}", first.at(indent, taken))
            }
        }
    }

    /// Whether rustfmt would have it on one line if there is room.
    fn is_short(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::List { items, .. } => {
                items.iter().all(Self::is_short) && flat(items, ", ").len() <= PIECE
            }
            Self::Chain(first, links) => {
                first.is_short()
                    && links.iter().all(Self::is_short)
                    && (links.len() == 1 || self.flat().len() <= PIECE)
            }
        }
    }
}

fn flat(all: &[Code], between: &str) -> String {
    let all: Vec<String> = all.iter().map(Code::flat).collect();
    all.join(between)
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[track_caller]
    fn check(code: Code, expected: &[&str]) {
        assert_eq!(code.statement("let answer = "), expected);
    }

    fn chain(arguments: &[&str]) -> Code {
        let arguments = arguments.iter().map(|text| Code::text(*text)).collect();
        let links = [Code::call("take", arguments), Code::text("send()"), Code::text("await?")];
        Code::Chain(Box::new(Code::text("client")), links.into())
    }

    #[test]
    fn what_is_short_stays_on_one_line() {
        check(chain(&["1"]), &["let answer = client.take(1).send().await?;"]);
        check(
            chain(&["\"group_id\"", "\"cluster_name\"", "\"id\""]),
            &["let answer = client.take(\"group_id\", \"cluster_name\", \"id\").send().await?;"],
        );
    }

    #[test]
    fn what_is_long_has_a_line_for_each_part() {
        check(
            chain(&["\"group_id\"", "\"cluster_name\"", "\"snapshot_id\""]),
            &[
                "let answer = client",
                "    .take(\"group_id\", \"cluster_name\", \"snapshot_id\")",
                "    .send()",
                "    .await?;",
            ],
        );
        let name = "\"a_rather_long_name\"";
        check(
            chain(&[name, name, name]),
            &[
                "let answer = client",
                "    .take(",
                "        \"a_rather_long_name\",",
                "        \"a_rather_long_name\",",
                "        \"a_rather_long_name\",",
                "    )",
                "    .send()",
                "    .await?;",
            ],
        );
    }
}
