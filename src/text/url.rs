//! Bare web addresses in running text.

use super::Span;

/// The bare addresses (`https://…`, `www.…`) in `text`, in order, in bytes of it.
///
/// An address ends at white space and, as in GFM's autolinks, before punctuation that closes the
/// sentence. Chinese text right behind an address is text, unless the address cannot have ended
/// there (`…/wiki/吉林省`).
pub(super) fn scan(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    let mut from = 0;
    while let Some((start, body)) = next_start(bytes, from) {
        let end = body + address_length(&text[body..]);
        from = end.max(body);
        if end > body {
            found.push(Span::new(start, end));
        }
    }
    found
}

/// Where the next address begins, and where the part behind `://` or `www.` does.
fn next_start(bytes: &[u8], mut from: usize) -> Option<(usize, usize)> {
    let floor = from;
    loop {
        let at = from + memchr::memchr2(b':', b'w', &bytes[from..])?;
        if bytes[at..].starts_with(b"://") {
            let scheme = scheme_length(&bytes[floor..at]);
            if scheme > 0 {
                return Some((at - scheme, at + 3));
            }
        } else if bytes[at..].starts_with(b"www.") && !ends_in_word(&bytes[floor..at]) {
            return Some((at, at + 4));
        }
        from = at + 1;
    }
}

/// The longest registered scheme in common use is far shorter.
const MAX_SCHEME: usize = 16;

/// Length of the scheme at the end of `before`.
fn scheme_length(before: &[u8]) -> usize {
    let letters = before.iter().rev().take(MAX_SCHEME + 1);
    let length = letters.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if length > MAX_SCHEME { 0 } else { length }
}

fn ends_in_word(before: &[u8]) -> bool {
    before.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// Length of the address at the start of `text`, the scheme already taken off.
fn address_length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let continues = if c.is_ascii() {
            c.is_ascii_graphic() && !"<>\"`".contains(c)
        } else {
            c.is_alphanumeric() && is_open(text[..at].chars().next_back())
        };
        if !continues {
            break;
        }
        end = at + c.len_utf8();
    }
    without_closing_punctuation(&text[..end]).len()
}

/// Whether an address that has come to `last` goes on with a character beyond ASCII.
fn is_open(last: Option<char>) -> bool {
    last.is_some_and(|c| "/=?&#_-%+".contains(c) || !c.is_ascii())
}

/// A closing bracket belongs to the address when the address has opened it.
fn without_closing_punctuation(mut address: &str) -> &str {
    let count = |wanted: u8| memchr::memchr_iter(wanted, address.as_bytes()).count();
    let mut unopened = [(')', count(b')').saturating_sub(count(b'('))), (']', count(b']').saturating_sub(count(b'[')))];
    while let Some(last) = address.chars().next_back() {
        match unopened.iter_mut().find(|(bracket, _)| *bracket == last) {
            Some((_, 0)) => break,
            Some((_, left)) => *left -= 1,
            None if "?!.,:;*~'".contains(last) => {}
            None => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}
