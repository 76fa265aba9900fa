//! Whole-program tests of the command line: the real binary on small workspaces.

mod annotate;
mod annotate_formats;
mod check;
mod drafts;
mod explain;
mod faults;
mod fixing;
mod init;
mod inputs;
mod json;
mod lexicon;
mod options;
mod packs;
mod report_formats;
mod selection;
mod stream;
mod strip;
mod usage;
mod workspace;
