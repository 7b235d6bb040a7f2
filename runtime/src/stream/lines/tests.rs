use proptest::prelude::*;

use super::*;

fn read<'a>(mut parser: Parser, chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Bytes> {
    let mut values = Vec::new();
    for chunk in chunks {
        parser.push(&Bytes::copy_from_slice(chunk));
        values.extend(std::iter::from_fn(|| parser.next()));
    }
    values.extend(parser.rest().map(|rest| rest.unwrap_or_else(open)));
    values.into_iter().map(|frame| frame.data).collect()
}

/// What may go on is told apart from what is whole.
fn open(data: Bytes) -> Frame {
    Frame { data: [b"open: ", &data[..]].concat().into(), ..Frame::default() }
}

#[test]
fn a_number_at_the_end_of_a_sequence_may_be_half_of_one() {
    for (body, last) in [
        ("\x1e12\n\x1e345", "open: 345"),
        ("\x1e12\n\x1etru", "open: tru"),
        ("\x1e12\n\x1e345\n", "345"),
        ("\x1e12\n\x1e345 ", "345"),
        ("\x1e12\n\x1e{}", "{}"),
        ("\x1e12\n\x1e\"a\"", "\"a\""),
    ] {
        let values = read(Parser::sequence(), [body.as_bytes()]);
        assert_eq!(values, ["12", last], "{body:?}");
    }
}

#[test]
fn one_value_a_line() {
    let body = b"{\"a\":1}\r\n\n  [2] \n3";
    assert_eq!(read(Parser::lines(), [&body[..]]), ["{\"a\":1}", "[2]", "3"]);
    assert!(read(Parser::lines(), [&b"\n\r\n "[..]]).is_empty());
    assert!(read(Parser::lines(), []).is_empty());
}

#[test]
fn a_line_is_there_as_soon_as_it_ends() {
    let mut parser = Parser::lines();
    parser.push(&Bytes::from_static(b"1\n2"));
    assert!(parser.next().is_some());
    assert!(parser.next().is_none());
    parser.push(&Bytes::from_static(b"\n"));
    assert!(parser.next().is_some());
}

#[test]
fn a_record_may_have_several_lines() {
    let body = b"\x1e{\"a\":\n[1,\n\"}\\\"\"]}\n\x1e2\n\x1e[\n\x1e\"b\"\n";
    let values = ["{\"a\":\n[1,\n\"}\\\"\"]}", "2", "[", "\"b\""];
    assert_eq!(read(Parser::sequence(), [&body[..]]), values);
}

proptest! {
    #[test]
    fn chunks_make_no_difference(
        body in "[\\[\\]{}a1\"\\\\é\n\r\u{1e} ]{0,40}",
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let body = body.into_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let chunks = || cuts.windows(2).map(|cut| &body[cut[0]..cut[1]]);
        for parser in [Parser::lines, Parser::sequence] {
            prop_assert_eq!(read(parser(), chunks()), read(parser(), [&body[..]]));
        }
    }
}
