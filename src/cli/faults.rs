//! What could not be done, said on standard error.

use std::{
    io::{self, Write},
    path::Path,
};

use super::{Outcome, place::from_here};
use crate::{
    lang::{Lang, Message},
    lexicon::Problem,
};

/// Says faults as they are met, and remembers that there were some.
pub(super) struct Faults {
    lang: Lang,
    any: bool,
}

impl Faults {
    pub fn new(lang: Lang) -> Self {
        Self { lang, any: false }
    }

    /// Goes on in another language.
    pub fn speak(&mut self, lang: Lang) {
        self.lang = lang;
    }

    /// A fault that belongs to no file.
    pub fn general(&mut self, message: &Message) {
        self.any = true;
        self.note(message);
    }

    /// A fault of the file from_here as `path`, at a line if it is known.
    pub fn of_file(&mut self, path: &str, line: Option<usize>, message: &Message) {
        self.any = true;
        self.note_on(path, line, message);
    }

    /// Faults of lexicon and configuration files.
    pub fn of_problems(&mut self, problems: &[Problem]) {
        for problem in problems {
            self.any = true;
            say(&problem_line(problem, self.lang));
        }
    }

    /// A remark that does not change the exit code.
    pub fn note(&self, message: &Message) {
        let mark = if self.lang == Lang::Zh { "：" } else { ": " };
        say(&format!("hegao{mark}{}", message.get(self.lang)));
    }

    /// A remark on a file that does not change the exit code.
    pub fn note_on(&self, path: &str, line: Option<usize>, message: &Message) {
        let line = line.map(|line| format!("{line}:")).unwrap_or_default();
        say(&format!("{path}:{line} {}", message.get(self.lang)));
    }

    pub fn outcome(&self) -> Outcome {
        if self.any { Outcome::Fault } else { Outcome::Clean }
    }
}

/// A problem as `file:line: CODE message`.
pub(super) fn problem_line(problem: &Problem, lang: Lang) -> String {
    let line = if problem.line > 0 { format!("{}:", problem.line) } else { String::new() };
    format!("{}:{line} {} {}", from_here(&problem.path), problem.code, problem.message.get(lang))
}

/// Why a file could not be read or written, in words.
pub(super) fn io_message(path: &Path, error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => Message::new("没有这个文件或文件夹", "no such file or folder"),
        io::ErrorKind::PermissionDenied => Message::new("没有读写权限", "permission denied"),
        io::ErrorKind::IsADirectory => Message::new("是文件夹，不是文件", "is a folder, not a file"),
        _ if path.is_dir() => Message::new("是文件夹，不是文件", "is a folder, not a file"),
        _ => Message::new(format!("无法读写：{error}"), format!("cannot be read or written: {error}")),
    }
}

/// A line on standard error; if nobody listens, there is nothing left to say.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", super::place::visible(line));
}
