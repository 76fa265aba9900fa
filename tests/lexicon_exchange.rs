//! Lexicons that come from other programs and go to them, and the packs that came so.

#[path = "lexicon/check_list.rs"]
mod check_list;
#[path = "lexicon/command.rs"]
mod command;
#[path = "lexicon/csv_file.rs"]
mod csv_file;
#[path = "lexicon/export.rs"]
mod export;
#[path = "lexicon/generate.rs"]
mod generate;
#[path = "lexicon/import.rs"]
mod import;
#[path = "lexicon/killed.rs"]
mod killed;
#[path = "lexicon/merge.rs"]
mod merge;
#[path = "lexicon/round_trip.rs"]
mod round_trip;
