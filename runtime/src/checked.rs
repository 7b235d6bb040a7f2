//! Rules of a document that a value of one's own is held against, for types that were asked to.
//!
//! What a server sends is never held against them: it may know better than the document.

use std::fmt::{self, Display};
use std::str::FromStr;

/// A value breaks a rule of the document.
///
/// It says which rule, and never repeats the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintError(String);

impl Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value must {}", self.0)
    }
}

impl std::error::Error for ConstraintError {}

/// What a text must be.
#[derive(Debug)]
pub struct TextRules {
    min_length: usize,
    max_length: usize,
    pattern: Option<&'static dyn Matcher>,
}

/// Something that knows whether a text is of a certain form.
pub trait Matcher: fmt::Debug + Sync {
    /// Whether it is.
    fn is_match(&self, text: &str) -> bool;
    /// The form, for messages.
    fn source(&self) -> &'static str;
}

impl TextRules {
    /// No rule.
    #[expect(clippy::new_without_default, reason = "a default is not const")]
    pub const fn new() -> Self {
        Self { min_length: 0, max_length: usize::MAX, pattern: None }
    }

    /// The least number of characters.
    #[must_use]
    pub const fn min_length(self, min_length: usize) -> Self {
        Self { min_length, ..self }
    }

    /// The greatest number of characters.
    #[must_use]
    pub const fn max_length(self, max_length: usize) -> Self {
        Self { max_length, ..self }
    }

    /// The form.
    #[must_use]
    pub const fn pattern(self, pattern: &'static dyn Matcher) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// Holds a text against the rules. Characters are code points, as in JSON Schema.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, text: &str) -> Result<(), ConstraintError> {
        let length = text.chars().count();
        if length < self.min_length {
            return Err(ConstraintError(format!("have at least {} characters", self.min_length)));
        }
        if length > self.max_length {
            return Err(ConstraintError(format!("have at most {} characters", self.max_length)));
        }
        match self.pattern {
            Some(pattern) if !pattern.is_match(text) => {
                Err(ConstraintError(format!("match {}", pattern.source())))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// What a number must be.
#[derive(Debug)]
pub struct NumberRules<T> {
    minimum: Option<T>,
    above: Option<T>,
    maximum: Option<T>,
    below: Option<T>,
    multiple_of: Option<T>,
}

impl<T: Steps> NumberRules<T> {
    /// No rule.
    #[expect(clippy::new_without_default, reason = "a default is not const")]
    pub const fn new() -> Self {
        Self { minimum: None, above: None, maximum: None, below: None, multiple_of: None }
    }

    /// The least number.
    #[must_use]
    pub const fn minimum(self, minimum: T) -> Self {
        Self { minimum: Some(minimum), ..self }
    }

    /// What it must be more than.
    #[must_use]
    pub const fn exclusive_minimum(self, above: T) -> Self {
        Self { above: Some(above), ..self }
    }

    /// The greatest number.
    #[must_use]
    pub const fn maximum(self, maximum: T) -> Self {
        Self { maximum: Some(maximum), ..self }
    }

    /// What it must be less than.
    #[must_use]
    pub const fn exclusive_maximum(self, below: T) -> Self {
        Self { below: Some(below), ..self }
    }

    /// What it must be a multiple of.
    #[must_use]
    pub const fn multiple_of(self, step: T) -> Self {
        Self { multiple_of: Some(step), ..self }
    }

    /// Holds a number against the rules.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, value: &T) -> Result<(), ConstraintError> {
        let holds = |limit: &Option<T>, words: &str, rule: fn(&T, &T) -> bool| match limit {
            Some(limit) if !rule(value, limit) => {
                Err(ConstraintError(format!("be {words} {limit}")))
            }
            Some(_) | None => Ok(()),
        };
        holds(&self.minimum, "at least", |value, limit| value >= limit)?;
        holds(&self.above, "more than", |value, limit| value > limit)?;
        holds(&self.maximum, "at most", |value, limit| value <= limit)?;
        holds(&self.below, "less than", |value, limit| value < limit)?;
        holds(&self.multiple_of, "a multiple of", |value, step| value.is_multiple(step))
    }
}

/// A text that is no such number.
///
/// It never repeats the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseCheckedError<E> {
    /// It is no number.
    Number(E),
    /// It is one that breaks a rule of the document.
    Constraint(ConstraintError),
}

impl<E: Display> Display for ParseCheckedError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(error) => error.fmt(f),
            Self::Constraint(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error> std::error::Error for ParseCheckedError<E> {}

/// Reads a number and holds it against the rules.
pub fn parse_checked<T: Steps + FromStr>(
    text: &str,
    rules: &NumberRules<T>,
) -> Result<T, ParseCheckedError<T::Err>> {
    let number = text.parse().map_err(ParseCheckedError::Number)?;
    rules.check(&number).map_err(ParseCheckedError::Constraint)?;
    Ok(number)
}

/// A number that may be a multiple of another.
pub trait Steps: Copy + PartialOrd + Display {
    /// Whether it is.
    fn is_multiple(&self, step: &Self) -> bool;
}

macro_rules! steps {
    ($($int:ty),*) => {$(
        impl Steps for $int {
            fn is_multiple(&self, step: &Self) -> bool {
                self.checked_rem(*step) == Some(0)
            }
        }
    )*};
}

steps!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! float_steps {
    ($($float:ty),*) => {$(
        impl Steps for $float {
            fn is_multiple(&self, step: &Self) -> bool {
                // 0.3 is a multiple of 0.1, though not of the float that stands for it.
                let times = self / step;
                (times - times.round()).abs() <= times.abs().max(1.0) * 4.0 * <$float>::EPSILON
            }
        }
    )*};
}

float_steps!(f32, f64);

/// A regular expression, compiled when it is first asked.
#[cfg(feature = "patterns")]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: std::sync::OnceLock<Option<regex_lite::Regex>>,
}

#[cfg(feature = "patterns")]
impl Pattern {
    /// The expression, in the syntax of `regex-lite`.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: std::sync::OnceLock::new() }
    }
}

#[cfg(feature = "patterns")]
impl Matcher for Pattern {
    fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| regex_lite::Regex::new(self.source).ok());
        // The generator has tried the expression; one that does not compile forbids nothing.
        compiled.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }

    fn source(&self) -> &'static str {
        self.source
    }
}
