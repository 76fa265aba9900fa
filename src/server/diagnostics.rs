//! Diagnostics of drafts.

use std::cmp::Reverse;

use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Range,
};

use super::{
    projects::Loaded,
    rule_page, to_proto,
    world::{Checked, World},
};
use crate::{
    lang::{Lang, Message},
    rules::{Evidence, Finding},
    text::Span,
};

/// The most diagnostics a draft gets; the last of them says how many were left out.
pub(super) const CAP: usize = 1000;

/// The rule whose findings are shown as deprecated, struck out in most editors.
const DEPRECATED_TERM: &str = "T101";

/// The diagnostics of a draft, in order of place.
pub(super) fn of_draft(world: &World, checked: &Checked) -> Vec<Diagnostic> {
    let mut diagnostics = of_front_matter(world, checked);
    let room = CAP.saturating_sub(diagnostics.len());
    let (shown, unlisted) = gravest(&checked.draft.findings, room);
    diagnostics.extend(shown.into_iter().map(|finding| of_finding(world, checked, finding)));
    if unlisted > 0 {
        let buffer = &checked.document.buffer;
        let end = to_proto::range(buffer, Span::empty(buffer.len()), world.traits().encoding);
        diagnostics.push(note(end, DiagnosticSeverity::INFORMATION, left_out(unlisted).get(checked.lang)));
    }
    diagnostics
}

/// The findings that are shown if there is room for `room`, and how many are left out: the gravest
/// stay, in order of place. Leaving out takes one place itself.
fn gravest(findings: &[Finding], room: usize) -> (Vec<&Finding>, usize) {
    if findings.len() <= room {
        return (findings.iter().collect(), 0);
    }
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|index| Reverse(findings[*index].severity));
    order.truncate(room.saturating_sub(1));
    order.sort_unstable();
    let left_out = findings.len() - order.len();
    (order.into_iter().map(|index| &findings[index]).collect(), left_out)
}

/// The diagnostic of a finding.
pub(super) fn of_finding(world: &World, checked: &Checked, finding: &Finding) -> Diagnostic {
    let traits = world.traits();
    let lexicon = checked.loaded.project.lexicon();
    let related = traits.related_information.then(|| {
        let evidence = finding.evidence.iter().filter_map(|evidence| of_evidence(world, checked, evidence));
        evidence.collect::<Vec<_>>()
    });
    let entries: Vec<&str> = finding.entries.iter().map(|entry| lexicon.entry(*entry).id.as_str()).collect();
    Diagnostic {
        range: to_proto::range(&checked.document.buffer, finding.span, traits.encoding),
        severity: Some(to_proto::severity(finding.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: rule_page::of(world, finding.code, checked.lang).map(|href| CodeDescription { href }),
        tags: (traits.deprecated_tag && finding.code == DEPRECATED_TERM).then(|| vec![DiagnosticTag::DEPRECATED]),
        source: Some(to_proto::SOURCE.to_owned()),
        message: finding.message.get(checked.lang).to_owned(),
        related_information: related.filter(|related| !related.is_empty()),
        data: traits
            .diagnostic_data
            .then(|| json!({"rule": finding.rule, "entries": entries, "fixes": fixes(world, checked, finding)})),
    }
}

/// The fixes with their edits, so that nobody has to analyse the draft again for them.
fn fixes(world: &World, checked: &Checked, finding: &Finding) -> Vec<Value> {
    let range = |span| to_proto::range(&checked.document.buffer, span, world.traits().encoding);
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| json!({"range": range(edit.span), "newText": edit.text}));
        json!({"title": fix.title.get(checked.lang), "safe": fix.safe, "edits": edits.collect::<Vec<_>>()})
    });
    fixes.collect()
}

fn of_evidence(world: &World, checked: &Checked, evidence: &Evidence) -> Option<DiagnosticRelatedInformation> {
    let location = location(world, &checked.loaded, evidence.entry, evidence.span)?;
    let mut message = evidence.text.clone();
    let period = evidence.time.display();
    if !period.is_empty() {
        message.push_str(&bracketed(&period, checked.lang));
    }
    if let Some(source) = &evidence.source {
        message.push_str(&bracketed(source, checked.lang));
    }
    Some(DiagnosticRelatedInformation { location, message })
}

fn bracketed(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}

/// Where a span of an entry's file can be looked at.
pub(super) fn location(
    world: &World,
    loaded: &Loaded,
    entry: crate::lexicon::EntryIndex,
    span: Span,
) -> Option<Location> {
    let lexicon = loaded.project.lexicon();
    let file = lexicon.entry(entry).file;
    let path = world.pack_files.path(lexicon.file(file))?;
    let range = to_proto::range(&loaded.lexicon_buffer(file), span, world.traits().encoding);
    Some(Location { uri: to_proto::uri(&path)?, range })
}

/// What is wrong with the draft's own front matter.
fn of_front_matter(world: &World, checked: &Checked) -> Vec<Diagnostic> {
    let encoding = world.traits().encoding;
    let buffer = &checked.document.buffer;
    let front_matter = &checked.draft.draft.front_matter;
    let faults = front_matter.problems.iter().map(|problem| {
        let message = Message::new(problem.message_zh(), problem.message());
        (problem.span, message)
    });
    // A note is about a value of the front matter, or else of the configuration.
    let fields = [&front_matter.date, &front_matter.home];
    let first_line = buffer.line_span(0);
    let notes = checked.draft.notes.iter().map(|message| {
        let field = fields.iter().filter_map(|field| field.as_ref()).find(|field| message.zh.contains(&field.value));
        (field.map_or(first_line, |field| field.span), message.clone())
    });
    let all = faults.chain(notes).map(|(span, message)| {
        note(to_proto::range(buffer, span, encoding), DiagnosticSeverity::WARNING, message.get(checked.lang))
    });
    all.collect()
}

/// What the last diagnostic of a list that is too long says.
pub(super) fn left_out(count: usize) -> Message {
    Message::new(
        format!("问题过多，另有 {count} 处未列出；改正已列出的之后会继续显示"),
        format!("{count} more are not listed; they will show once these are dealt with"),
    )
}

pub(super) fn note(range: Range, severity: DiagnosticSeverity, message: &str) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        source: Some(to_proto::SOURCE.to_owned()),
        message: message.to_owned(),
        ..Diagnostic::default()
    }
}
