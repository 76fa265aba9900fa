//! What the measurements on the tagged corpus share.

/// The articles, paragraph by line, each with the number of its first line.
///
/// The corpus has lost its article numbers, and a quotation may run over several paragraphs. An article is taken to
/// begin at a line that ends in no mark (a headline) behind one that does.
pub fn articles(lines: &[impl AsRef<str>]) -> Vec<(usize, String)> {
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let ends_in_mark = |line: &str| line.ends_with(|c: char| !c.is_alphanumeric());
    let begins = |at: &usize| *at == 0 || (!ends_in_mark(lines[*at]) && ends_in_mark(lines[at - 1]));
    let starts: Vec<usize> = (0..lines.len()).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| (*start, lines[*start..end].join("\n"))).collect()
}
