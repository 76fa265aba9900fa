use super::Span;

#[test]
fn a_span_is_half_open() {
    let span = Span::new(2, 5);
    assert_eq!((span.len(), span.is_empty()), (3, false));
    let held: Vec<usize> = (0..8).filter(|&byte| span.contains(byte)).collect();
    assert_eq!(held, [2, 3, 4]);
}

#[test]
fn spans_cover_intersect_and_touch() {
    let span = Span::new(2, 5);
    // other, covers, intersects, touches
    let cases = [
        (Span::new(2, 5), true, true, true),
        (Span::new(3, 4), true, true, true),
        (Span::new(1, 3), false, true, true),
        (Span::new(0, 9), false, true, true),
        (Span::new(0, 2), false, false, true),
        (Span::new(5, 7), false, false, true),
        (Span::new(6, 7), false, false, false),
        (Span::empty(2), true, false, true),
        (Span::empty(3), true, false, true),
        (Span::empty(5), true, false, true),
        (Span::empty(6), false, false, false),
    ];
    for (other, covers, intersects, touches) in cases {
        assert_eq!(span.covers(other), covers, "{other:?}");
        assert_eq!(span.intersects(other), intersects, "{other:?}");
        assert_eq!(other.intersects(span), intersects, "{other:?}");
        assert_eq!(span.touches(other), touches, "{other:?}");
    }
}

#[test]
fn a_span_off_the_text_or_within_a_character_has_no_text() {
    for (start, end, expected) in [(0, 3, "刘"), (3, 6, "伟"), (0, 4, ""), (1, 3, ""), (3, 99, ""), (5, 2, "")] {
        assert_eq!(Span { start, end }.slice("刘伟"), expected);
    }
}

#[test]
fn a_reversed_span_is_empty() {
    assert_eq!(Span::new(5, 2), Span::empty(5));
    assert_eq!(Span { start: 5, end: 2 }.len(), 0);
}

#[test]
fn shifting_never_overflows() {
    assert_eq!(Span::new(1, 2).shift(3), Span::new(4, 5));
    assert_eq!(Span::new(1, 2).shift(usize::MAX), Span::empty(usize::MAX));
}
