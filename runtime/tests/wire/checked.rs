//! Types that are checked when they are made.

use specwright_runtime::codegen::v1::Checked;

use crate::{both_ways, refusal};

#[derive(Clone, Debug, PartialEq, Eq, Hash, Checked)]
#[check(min_length = 2, max_length = 3)]
struct Short(String);

#[derive(Clone, Copy, Debug, PartialEq, Checked)]
#[check(exclusive_minimum = -1, maximum = 10, multiple_of = 2)]
struct Even(i32);

#[derive(Clone, Copy, Debug, PartialEq, Checked)]
#[check(minimum = 0.5, exclusive_maximum = 1.0, multiple_of = 0.1)]
struct Share(f64);

#[cfg(feature = "patterns")]
#[derive(Clone, Debug, PartialEq, Checked)]
#[check(pattern = "^[a-z]{2}$")]
struct Code(String);

/// What the check says, or nothing.
fn said<T, E: ToString>(made: Result<T, E>) -> String {
    made.map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn texts() {
    for (text, expected) in [
        ("", "the value must have at least 2 characters"),
        ("é", "the value must have at least 2 characters"),
        ("éé", ""),
        ("日本語", ""),
        ("four", "the value must have at most 3 characters"),
    ] {
        assert_eq!(said(text.parse::<Short>()), expected, "{text}");
        assert_eq!(said(Short::try_from(text)), expected, "{text}");
        assert_eq!(said(Short::try_from(text.to_owned())), expected, "{text}");
        assert_eq!(said(Short::unchecked(text).check()), expected, "{text}");
    }
    let short = Short::try_from("ab").unwrap();
    assert_eq!((short.as_str(), short.as_ref(), short.to_string().as_str()), ("ab", "ab", "ab"));
    assert_eq!(String::from(short), "ab");
}

#[test]
fn numbers() {
    for (number, expected) in [
        (-1, "the value must be more than -1"),
        (0, ""),
        (7, "the value must be a multiple of 2"),
        (10, ""),
        (12, "the value must be at most 10"),
    ] {
        assert_eq!(said(Even::try_from(number)), expected, "{number}");
        assert_eq!(said(number.to_string().parse::<Even>()), expected, "{number}");
    }
    assert_eq!(said("x".parse::<Even>()), "invalid digit found in string");
    for (number, expected) in [
        (0.4, "the value must be at least 0.5"),
        (0.7, ""),
        (0.75, "the value must be a multiple of 0.1"),
        (1.0, "the value must be less than 1"),
        (f64::NAN, "the value must be at least 0.5"),
    ] {
        assert_eq!(said(Share::try_from(number)), expected, "{number}");
    }
    assert_eq!((Even::try_from(8).unwrap().get(), i32::from(Even::unchecked(3))), (8, 3));
}

#[test]
fn what_a_server_sends_is_never_refused() {
    both_ways("\"much too long\"", &Short::unchecked("much too long"), "\"much too long\"");
    both_ways("7.0", &Even::unchecked(7), "7");
    both_ways("99.5", &Share::unchecked(99.5), "99.5");
    assert_eq!(refusal::<Short>("1"), "invalid type: integer `1`, expected a string");
}

#[cfg(feature = "patterns")]
#[test]
fn patterns() {
    assert_eq!(said(Code::try_from("ab")), "");
    assert_eq!(said(Code::try_from("ab\n")), "the value must match ^[a-z]{2}$");
    both_ways("\"ABC\"", &Code::unchecked("ABC"), "\"ABC\"");
}
