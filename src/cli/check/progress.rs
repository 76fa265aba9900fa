//! A progress bar on long work, to a terminal only.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    cli::{args::CheckArgs, drafts::BATCH},
    lang::Lang,
};

/// How far the work has come.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for so many drafts, if they are more than a moment's work and somebody sees it.
    pub fn new(args: &CheckArgs, drafts: usize, lang: Lang) -> Self {
        if args.no_progress || drafts <= BATCH || !stderr().is_terminal() {
            return Self(None);
        }
        let template = match lang {
            Lang::Zh => "核对 {bar:30} {pos}/{len}，约剩 {eta}",
            Lang::En => "checking {bar:30} {pos}/{len}, {eta} left",
        };
        let bar = ProgressBar::new(drafts as u64);
        Self(Some(match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }))
    }

    /// Prints with the bar out of the way.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub fn advance(&self, drafts: usize) {
        if let Some(bar) = &self.0 {
            bar.inc(drafts as u64);
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
