//! Building lexicon files from published sources.
