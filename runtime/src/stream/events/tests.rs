use proptest::prelude::*;

use super::*;

/// Everything that comes of a body in these chunks, and what is left of it.
fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Frame>, Option<Bytes>) {
    let mut parser = Parser::default();
    let mut events = Vec::new();
    for chunk in chunks {
        parser.push(&Bytes::copy_from_slice(chunk));
        events.extend(std::iter::from_fn(|| parser.next()));
    }
    (events, parser.rest())
}

fn event(data: &str) -> Frame {
    Frame { data: Bytes::copy_from_slice(data.as_bytes()), ..Frame::default() }
}

#[track_caller]
fn check(body: &str, events: &[Frame]) {
    assert_eq!(read([body.as_bytes()]), (events.to_vec(), None), "{body:?}");
}

#[test]
fn what_the_standard_shows() {
    check("data: YHOO\ndata: +2\ndata: 10\n\n", &[event("YHOO\n+2\n10")]);
    check("data: a\n\n:comment\n\ndata:b\n\n", &[event("a"), event("b")]);
    check("data\n\ndata\ndata\n\n", &[event(""), event("\n")]);
    check("data:test\n\ndata: test\n\n", &[event("test"), event("test")]);
    check("data:  two\n\n", &[event(" two")]);
}

#[test]
fn lines_end_in_three_ways() {
    for end in ["\n", "\r", "\r\n"] {
        let body = format!("data: a{end}data: b{end}{end}data: c{end}{end}");
        check(&body, &[event("a\nb"), event("c")]);
    }
}

#[test]
fn a_byte_order_mark_is_no_text() {
    check("\u{feff}data: a\n\n", &[event("a")]);
    check("data: \u{feff}a\n\n", &[event("\u{feff}a")]);
}

#[test]
fn fields() {
    let all = Frame {
        name: Some("add".to_owned()),
        id: Some("7".to_owned()),
        retry: Some(1500),
        ..event("a")
    };
    check("event: add\nid: 7\nretry: 1500\nother: x\ndata: a\n\ndata: b\n\n", &[all, event("b")]);
    check("event: lost\n\ndata: a\n\n", &[event("a")]);
    check("id: a\0b\nretry: 1x\nretry:\nretry: 99999999999999999999\ndata: a\n\n", &[event("a")]);
}

#[test]
fn the_last_id_stays() {
    let mut parser = Parser::default();
    parser.push(&Bytes::from_static(b"id: 7\ndata: a\n\nretry: 20\ndata: b\n\n"));
    while parser.next().is_some() {}
    assert_eq!(parser.last_id.as_deref(), Some("7"));
    assert_eq!(parser.reconnect, Some(Duration::from_millis(20)));
    parser.push(&Bytes::from_static(b"id\ndata: c\n\n"));
    while parser.next().is_some() {}
    assert_eq!(parser.last_id, None);
}

#[test]
fn an_event_without_its_empty_line_is_left() {
    let whole = vec![event("a")];
    assert_eq!(read([&b"data: a\n\ndata: b"[..]]), (whole.clone(), Some("b".into())));
    assert_eq!(read([&b"data: a\n\ndata: b\n"[..]]), (whole.clone(), Some("b".into())));
    for nothing in [": bye", "retry: 5", "\n", "x: y", " "] {
        let body = format!("data: a\n\n{nothing}");
        assert_eq!(read([body.as_bytes()]), (whole.clone(), None), "{nothing}");
    }
    for begun in ["id: 2", "id: 2\n", "event: error\nid: 9", "dat", "event: x\n: comment\n"] {
        let body = format!("data: a\n\n{begun}");
        assert_eq!(read([body.as_bytes()]), (whole.clone(), Some(Bytes::new())), "{begun}");
    }
    assert_eq!(read(["\u{feff}data: a".as_bytes()]), (Vec::new(), Some("a".into())));
}

/// Whoever goes on after an event that broke off wants it again.
#[test]
fn an_id_counts_once_its_event_has_come() {
    for body in [
        "id: 1\ndata: a\n\nid: 2\ndata: b\n",
        "id: 1\ndata: a\n\nid: 2\n",
        "id: 1\ndata: a\n\nid: 2",
    ] {
        let mut parser = Parser::default();
        parser.push(&Bytes::copy_from_slice(body.as_bytes()));
        while parser.next().is_some() {}
        assert!(parser.rest().is_some());
        assert_eq!(parser.last_id.as_deref(), Some("1"), "{body:?}");
    }
}

proptest! {
    #[test]
    fn chunks_make_no_difference(
        lines in prop::collection::vec(
            "(data|id|event|retry|:|x)?(: ?)?[a-zé☃\u{feff}0-9]{0,4}(\n|\r|\r\n|\n\n)",
            0..12,
        ),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let body = lines.concat().into_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let chunks = cuts.windows(2).map(|cut| &body[cut[0]..cut[1]]);
        prop_assert_eq!(read(chunks), read([&body[..]]));
        prop_assert_eq!(read(body.chunks(1)), read([&body[..]]));
    }
}
