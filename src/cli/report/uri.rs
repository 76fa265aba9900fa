//! Paths as URI references (RFC 3986).

/// The path with everything but unreserved characters and `/` percent-encoded; an absolute one becomes
/// a `file:` URI.
pub(super) fn of_path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::of_path;

    #[test]
    fn paths_become_uri_references() {
        let check = |path: &str, expected: &str| assert_eq!(of_path(path), expected);
        check("drafts/a.md", "drafts/a.md");
        check("./a.md", "a.md");
        check("要闻 1.md", "%E8%A6%81%E9%97%BB%201.md");
        check("/a:b.md", "file:///a%3Ab.md");
    }
}
