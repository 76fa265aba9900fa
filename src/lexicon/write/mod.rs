//! Writing lexicon files: entries as keys and values, as TOML and CSV text, merged into a file that
//! people keep by hand, and put in place of the old file in one step.

mod add;
mod apply;
mod array;
mod csv;
mod fields;
mod identity;
mod merge;
mod replace;
mod target;
mod toml;

pub use add::{Addition, alias_key};
pub use csv::{CsvStyle, csv_text};
pub use fields::{EntryFields, Fields, Value};
pub(crate) use identity::free;
pub use identity::{Elsewhere, Incoming, Naming};
pub use merge::{Change, Conflict, EntryChange, MergePlan, Path};
pub use replace::{ReplaceError, replace};
pub use target::{Target, TargetError, Written};
pub use toml::toml_text;

pub(crate) use csv::list_cell;
