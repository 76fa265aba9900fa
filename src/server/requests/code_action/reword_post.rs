//! A post written out, or as short as people print it.

use tower_lsp::ls_types::{CodeAction, CodeActionKind};

use crate::{
    analysis::{Mention, Post, PrintedPost, Setting},
    lang::Message,
    lexicon::{EntryIndex, EntryKind, InForce, entry::HeldPost},
    rules::Edit,
    server::{
        printed_post, to_proto,
        world::{Checked, World},
    },
    text::Span,
};

/// For each post in `range` that stands before the name of a known person and is held on the day: its
/// full title and its shortest form, as far as they are not what is printed.
pub(super) fn actions(world: &World, checked: &Checked, range: Span) -> Vec<CodeAction> {
    let home = printed_post::home_name(checked);
    let persons = checked.draft.analysis.mentions.iter().filter(|mention| mention.kind == EntryKind::Person);
    let known = persons.filter_map(|mention| Some((mention, mention.entry?)));
    let posts = known.flat_map(|(mention, person)| mention.posts.iter().map(move |post| (mention, person, post)));
    let rewordings = posts.flat_map(|(mention, person, post)| {
        let block = &checked.draft.draft.blocks[mention.block];
        let span = block.source_span(post.content);
        let touched = span.touches(range) && block.is_contiguous(post.content);
        let held = touched.then(|| held(checked, mention, person, post)).flatten();
        held.into_iter().flat_map(|held| rewordings(checked, span, &held, home.as_deref())).collect::<Vec<_>>()
    });
    rewordings.map(|(title, edit)| action(world, checked, &title, &edit)).collect()
}

/// Departments whose head is printed 统战部长 for 统战部部长.
const MERGED: [&str; 3] = ["组织部", "宣传部", "统战部"];

/// A post as the lexicon has it.
struct Held<'c> {
    post: &'c HeldPost,
    /// Whether its 部部长 may be printed 部长.
    merges: bool,
}

/// The post of the person that the printed one says word for word or in normal form; `None` if none or more
/// than one does, or if it need not be held on the day.
fn held<'c>(checked: &'c Checked, mention: &Mention, person: EntryIndex, post: &PrintedPost) -> Option<Held<'c>> {
    let (project, draft) = (&checked.loaded.project, &checked.draft);
    let (lexicon, book) = (project.lexicon(), project.analyzer().posts());
    let setting = Setting { as_of: draft.as_of.date, home: draft.home };
    let words = post.content.slice(&draft.draft.blocks[mention.block].content.text);
    let says = |position: usize| {
        let forms = book.forms(person, position);
        // 省委常委 is implied by 省委书记, and no form of it.
        forms.iter().any(|form| form.role == post.post.role && form.rank == post.post.rank)
            && book.fits(lexicon, person, position, &post.post, words, setting)
    };
    let posts = &lexicon.entry(person).person()?.posts;
    let held = posts.iter().enumerate().filter(|(_, held)| held.time.on(setting.as_of) == InForce::Now);
    let mut fitting = held.filter(|(position, _)| says(*position));
    let (position, found) = fitting.next().filter(|_| fitting.next().is_none())?;
    let merges = book.forms(person, position).iter().filter_map(Post::body_name).any(|body| MERGED.contains(&body));
    let is_now = post.clear && post.qualifier.is_none() && !post.after_name && !post.is_not_now();
    is_now.then_some(Held { post: found, merges })
}

/// What to put in the place of `span`, with the titles of the actions.
fn rewordings(checked: &Checked, span: Span, held: &Held<'_>, home: Option<&str>) -> Vec<(Message, Edit)> {
    let printed = span.slice(&checked.draft.draft.text);
    let (full, mut short) = (held.post.title.as_str(), printed_post::shortest(held.post, home));
    if let Some(department) = short.strip_suffix("部部长").filter(|_| held.merges) {
        short = format!("{department}部长");
    }
    let length = |words: &str| words.chars().count();
    let mut offered = Vec::new();
    if length(full) > length(printed) {
        let title = Message::new(format!("写全职务：{full}"), format!("Write the post out: {full}"));
        offered.push((title, full.to_owned()));
    }
    if length(&short) < length(printed) {
        let title = Message::new(format!("简写职务：{short}"), format!("Shorten the post: {short}"));
        offered.push((title, short));
    }
    offered.into_iter().map(|(title, text)| (title, Edit { span, text })).collect()
}

fn action(world: &World, checked: &Checked, title: &Message, edit: &Edit) -> CodeAction {
    let traits = world.traits();
    CodeAction {
        title: title.get(checked.lang).to_owned(),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(to_proto::workspace_edit(&checked.document, [edit], traits.encoding, traits.versioned_edits)),
        ..CodeAction::default()
    }
}
