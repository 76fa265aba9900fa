//! Whole-program tests of the command line: the real binary on small workspaces.

mod annotate;
mod check;
mod drafts;
mod explain;
mod faults;
mod fixing;
mod json;
mod lexicon;
mod stream;
mod usage;
mod workspace;
