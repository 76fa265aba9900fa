//! Directives: `<!-- hegao: ignore P201 -->` and its kin.

use super::{Field, Span};

/// An instruction to hegao, written as a comment in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// What it asks for.
    pub kind: DirectiveKind,
    /// The rule codes or names it is limited to, as written; empty means every rule.
    pub codes: Vec<Field>,
    /// The whole comment, in bytes of the draft.
    pub span: Span,
}

/// What a directive asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectiveKind {
    /// `ignore`: this line and the next block line.
    Ignore,
    /// `ignore-next-line`.
    IgnoreNextLine,
    /// `ignore-start`: from here to the matching `ignore-end`.
    IgnoreStart,
    /// `ignore-end`.
    IgnoreEnd,
    /// `ignore-file`: the whole draft.
    IgnoreFile,
    /// A word that is none of these, as written; or, for a comment that is never closed, all of
    /// its first line.
    Unknown(String),
}

impl DirectiveKind {
    fn of(word: &str) -> Self {
        match word {
            "ignore" => Self::Ignore,
            "ignore-next-line" => Self::IgnoreNextLine,
            "ignore-start" => Self::IgnoreStart,
            "ignore-end" => Self::IgnoreEnd,
            "ignore-file" => Self::IgnoreFile,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

/// The directives among the comments of `text[within]`, in order.
pub(super) fn scan(text: &str, within: Span) -> Vec<Directive> {
    let source = within.slice(text);
    let mut directives = Vec::new();
    let mut from = 0;
    while let Some(open) = find(source, from, "<!--") {
        let inside = open + "<!--".len();
        let is_ours = addressed(&source[inside..]).is_some();
        let next = if is_ours { find(source, inside, "<!--") } else { None };
        let limit = next.unwrap_or(source.len());
        if let Some(close) = find(&source[..limit], inside, "-->") {
            from = close + "-->".len();
            let comment = Span::new(inside, close).shift(within.start);
            directives.extend(read(text, Span::new(open, from).shift(within.start), comment));
        } else {
            from = limit;
            directives.extend(unclosed(text, Span::new(open, limit).shift(within.start)));
        }
    }
    directives
}

/// Where the next `wanted` begins, of which the first character is one that drafts seldom have.
fn find(source: &str, from: usize, wanted: &str) -> Option<usize> {
    let rest = source.as_bytes().get(from..)?;
    let first = *wanted.as_bytes().first()?;
    memchr::memchr_iter(first, rest).find(|at| rest[*at..].starts_with(wanted.as_bytes())).map(|at| from + at)
}

/// The directive in one comment whose inside is `comment`, if it is addressed to hegao.
fn read(text: &str, span: Span, comment: Span) -> Option<Directive> {
    let inside = comment.slice(text);
    let body = addressed(inside)?;
    let mut words = words(body, comment.end - body.len());
    let kind = DirectiveKind::of(&words.next().map(|word| word.value).unwrap_or_default());
    Some(Directive { kind, codes: words.collect(), span })
}

/// A directive that is not closed before the next comment hides the text behind it in a Markdown
/// draft: it is kept, as a directive nobody knows, so that it can be reported.
fn unclosed(text: &str, rest: Span) -> Option<Directive> {
    let line = rest.slice(text).split(['\n', '\r']).next()?.trim_end();
    let body = addressed(line.strip_prefix("<!--")?)?;
    Some(Directive {
        kind: DirectiveKind::Unknown(body.trim().to_owned()),
        codes: Vec::new(),
        span: Span::new(rest.start, rest.start + line.len()),
    })
}

/// What follows `hegao:` at the start of a comment.
fn addressed(comment: &str) -> Option<&str> {
    let rest = comment.trim_start().strip_prefix("hegao")?.trim_start();
    rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'))
}

/// The words of `body`, which begins at byte `base` of the draft.
fn words(body: &str, base: usize) -> impl Iterator<Item = Field> {
    body.split(|c: char| c.is_whitespace() || ",，、".contains(c)).filter(|word| !word.is_empty()).map(move |word| {
        let start = base + (word.as_ptr() as usize - body.as_ptr() as usize);
        Field { value: word.to_owned(), span: Span::new(start, start + word.len()) }
    })
}
