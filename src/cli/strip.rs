//! `hegao strip`: the publishable text of a draft, without annotations and directives.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use super::{
    Outcome,
    args::StripArgs,
    decode::{Decoded, decode, decode_docx},
    drafts::format_of,
    faults::{Faults, io_message},
    locale::Language,
    output::{Content, Output},
    place::as_given,
};
use crate::{
    lang::Message,
    text::{Draft, DraftFormat, strip},
};

/// Writes the publishable text.
pub(super) fn run(args: &StripArgs, language: Language) -> Outcome {
    let mut faults = Faults::new(language.general());
    let Some(text) = publishable(args, &mut faults) else { return Outcome::Fault };
    if let Some(mut output) = Output::open(args.output.as_deref(), Content::ForPrograms, &mut faults) {
        output.write(&mut faults, |out| out.write_all(text.as_bytes()));
    }
    faults.outcome()
}

/// The publishable text; `None` if there is a fault, which is said.
fn publishable(args: &StripArgs, faults: &mut Faults) -> Option<String> {
    let is_stdin = args.file.as_os_str() == "-";
    let named = if is_stdin { args.stdin_filename.as_deref() } else { Some(args.file.as_path()) };
    let name = as_given(&args.file);
    let Some((format, is_docx)) = named.map_or(Some((DraftFormat::Markdown, false)), format_of) else {
        let message = Message::new(
            "不是可处理的格式；稿件应为 .md、.markdown、.txt、.html 或 .docx",
            "is in no format that can be read; a draft is a .md, .markdown, .txt, .html or .docx file",
        );
        faults.of_file(&as_given(named.unwrap_or(&args.file)), None, &message);
        return None;
    };
    if !is_stdin && args.output.as_deref().is_some_and(|output| is_same(output, &args.file)) {
        faults.general(&Message::new(
            "--output 与稿件是同一个文件，会覆盖稿件",
            "--output is the draft itself and would overwrite it",
        ));
        return None;
    }
    match read(&args.file, is_stdin) {
        Err(error) => faults.of_file(&name, None, &io_message(&args.file, &error)),
        Ok(bytes) => match if is_docx { decode_docx(&bytes) } else { decode(bytes) } {
            Err(fault) => faults.of_file(&name, fault.line, &fault.message),
            Ok(Decoded { text, notes, .. }) => {
                notes.iter().for_each(|note| faults.note_on(&name, None, note));
                return Some(strip(&Draft::parse(text, format)));
            }
        },
    }
    None
}

fn read(file: &Path, is_stdin: bool) -> io::Result<Vec<u8>> {
    if !is_stdin {
        return fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
