//! How a person's posts are printed in a draft.

use super::{context::Context, finding::NewPost};
use crate::{
    analysis::{Mention, PrintedPost, Standing},
    lexicon::{EntryIndex, InForce, entry::HeldPost},
    text::Span,
};

/// A change of the words before or after a name.
pub(super) struct TitleChange {
    /// Bytes in the block's content.
    pub span: Span,
    /// The new words.
    pub text: String,
}

/// How each printed post of `mention` stands to the posts of `person`.
pub(super) fn standings<'m>(
    context: &Context<'_>,
    mention: &'m Mention,
    person: EntryIndex,
) -> Vec<(&'m PrintedPost, Standing)> {
    let text = context.draft.blocks[mention.block].content.text.as_str();
    let standing = |post: &'m PrintedPost| (post, context.analyzer.standing(person, post, text, context.setting()));
    mention.posts.iter().map(standing).collect()
}

/// The change that puts the posts held on the day in place of those that `is_wrong` says are not; `None`
/// if the lexicon knows no post held that day.
pub(super) fn right_title(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    wrong: &[&PrintedPost],
) -> Option<TitleChange> {
    let (first, last) = (wrong.first()?, wrong.last()?);
    let usual = usual_posts(context, person);
    let kept: Vec<&PrintedPost> = mention.posts.iter().filter(|post| !wrong.contains(post)).collect();
    let covers = |post: &PrintedPost, position: usize| {
        let words = context.words(mention.block, post.content);
        context.analyzer.posts().fits(context.lexicon(), person, position, &post.post, words, context.setting())
    };
    // 省委常委 before a post that implies it is not printed: then the whole run is written anew.
    let rewrite = !kept.is_empty()
        && !kept.iter().any(|post| usual.iter().any(|position| is_exact(context, person, *position, post)));
    let missing: Vec<usize> =
        usual.iter().copied().filter(|position| rewrite || !kept.iter().any(|post| covers(post, *position))).collect();
    if missing.is_empty() {
        return None;
    }
    let run = Span::new(mention.posts.first()?.content.start, mention.posts.last()?.content.end);
    let span = if rewrite && !first.after_name { run } else { Span::new(first.content.start, last.content.end) };
    let after_same_place = span.start > run.start;
    Some(TitleChange { span, text: render(context, mention, person, &missing, after_same_place) })
}

/// A printed post as a lexicon would write it, with the home jurisdiction's name for its tier: 省委 is
/// 吉林省委.
pub(super) fn new_post(context: &Context<'_>, block: usize, post: &PrintedPost) -> NewPost {
    let words = context.words(block, post.content);
    let place = context.analyzer.posts().jurisdiction(context.lexicon(), &post.post, context.setting());
    let name = place.and_then(|place| context.lexicon().version_on(place, context.as_of)).map(|version| &version.name);
    let rest = name.and_then(|name| words.strip_prefix(name.chars().next_back()?));
    let title = match (name, rest) {
        (Some(name), Some(rest)) if !rest.starts_with('长') => format!("{name}{rest}"),
        (Some(name), Some(_)) => format!("{name}{words}"),
        _ => words.to_owned(),
    };
    NewPost { title, place }
}

/// Whether a held post says the same as a printed one, and does not merely imply it.
fn is_exact(context: &Context<'_>, person: EntryIndex, position: usize, printed: &PrintedPost) -> bool {
    let forms = context.analyzer.posts().forms(person, position);
    forms.iter().any(|post| post.role == printed.post.role && post.rank == printed.post.rank)
}

/// The posts held on the day that are printed with a name: a seat on the standing committee first, then
/// the first other post with those always printed beside it.
fn usual_posts(context: &Context<'_>, person: EntryIndex) -> Vec<usize> {
    let Some(entry) = context.entry(person).person() else { return Vec::new() };
    let held: Vec<usize> = (0..entry.posts.len())
        .filter(|position| entry.posts[*position].time.on(context.as_of) == InForce::Now)
        .collect();
    let book = context.analyzer.posts();
    let implied = |position: usize| {
        held.iter().any(|other| {
            *other != position
                && book.forms(person, position).iter().any(|post| {
                    book.fits(context.lexicon(), person, *other, post, "", context.setting())
                        && !is_like(book.forms(person, *other), post)
                })
        })
    };
    let is_member = |position: usize| book.forms(person, position).iter().any(|post| post.role == "常委");
    let own: Vec<usize> = held.iter().copied().filter(|position| !implied(*position)).collect();
    let member = own.iter().copied().find(|position| is_member(*position));
    let main = own.iter().copied().find(|position| !is_member(*position));
    let joint = main
        .into_iter()
        .flat_map(|main| own.iter().copied().filter(move |other| *other != main && book.joint(person, main, *other)));
    member.into_iter().chain(main).chain(joint.collect::<Vec<_>>()).collect()
}

fn is_like(forms: &[crate::analysis::Post], post: &crate::analysis::Post) -> bool {
    forms.iter().any(|form| form.role == post.role && form.rank == post.rank && form.body == post.body)
}

fn render(
    context: &Context<'_>,
    mention: &Mention,
    person: EntryIndex,
    positions: &[usize],
    mut after_same_place: bool,
) -> String {
    let Some(entry) = context.entry(person).person() else { return String::new() };
    let merged = *context.known.merges_department.get_or_init(|| merges_department(context));
    let mut words = Vec::new();
    for position in positions {
        let mut title = local_title(context, mention, &entry.posts[*position]);
        if after_same_place
            && let Some(department) = title.strip_prefix("省委").or_else(|| title.strip_prefix("市委"))
            && department.contains("部部长")
        {
            title = department.to_owned();
        }
        let department = context
            .analyzer
            .posts()
            .forms(person, *position)
            .iter()
            .any(|post| matches!(post.body_name(), Some("组织部" | "宣传部" | "统战部")));
        // Behind another post the short form is usual: 省委常委、宣传部长.
        if department && merged.unwrap_or(!words.is_empty()) {
            title = title.replace("部部长", "部长");
        }
        words.push(title);
        after_same_place = true;
    }
    words.join("、")
}

/// The title without the name of the home jurisdiction: 省委统战部部长 for 吉林省委统战部部长, unless the run
/// prints place names of home in full.
pub(super) fn local_title(context: &Context<'_>, mention: &Mention, held: &HeldPost) -> String {
    let title = held.title.strip_prefix("中共").unwrap_or(&held.title);
    let place = held.place.as_deref().and_then(|place| context.lexicon().place_ref(place, context.as_of));
    let home = place.filter(|place| {
        context
            .home
            .is_some_and(|home| home == *place || context.lexicon().ancestors(home, context.as_of).contains(place))
    });
    let Some(name) =
        home.and_then(|home| context.lexicon().version_on(home, context.as_of)).map(|version| version.name.as_str())
    else {
        return title.to_owned();
    };
    let in_full = mention.posts.iter().any(|post| context.words(mention.block, post.content).starts_with(name));
    let Some((tier_at, tier)) = name.char_indices().next_back().filter(|_| !in_full && title.starts_with(name)) else {
        return title.to_owned();
    };
    let local = &title[tier_at..];
    // 省常务副省长 is printed 常务副省长.
    let rest = &local[tier.len_utf8()..];
    let heads = rest.ends_with(&format!("{tier}长"));
    if heads { rest.to_owned() } else { local.to_owned() }
}

/// Whether the draft writes 统战部长 rather than 统战部部长; `None` if it writes neither.
fn merges_department(context: &Context<'_>) -> Option<bool> {
    let posts = context
        .analysis
        .mentions
        .iter()
        .flat_map(|mention| mention.posts.iter().map(|post| context.words(mention.block, post.content)));
    let departments: Vec<&str> = posts.filter(|words| words.ends_with("部长")).collect();
    let in_full = departments.iter().filter(|words| words.ends_with("部部长")).count();
    (!departments.is_empty()).then_some(in_full * 2 <= departments.len())
}
