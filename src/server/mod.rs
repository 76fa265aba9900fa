//! Floor 5: the language server.
