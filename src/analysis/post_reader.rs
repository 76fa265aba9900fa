//! Reading posts: a grammar from the last word of a title to its first.
//!
//! A post is `qualifier? jurisdiction? body* rank? role`. It is read backwards, from the name that
//! follows it, since the role is its surest part: 省委常委、延边州委书记｜胡家福.

use std::cell::OnceCell;

use super::{
    mention::{PrintedPost, Qualifier, Tense},
    post::{Body, Jurisdiction, Post},
    vocabulary::{Role, VOCABULARY},
};
use crate::{
    lexicon::{EntryIndex, EntryKind, FormMatch, Lexicon},
    text::Span,
};

/// Reads posts of one text with the places and organizations of a lexicon that stand in it.
pub(super) struct PostReader<'a> {
    lexicon: &'a Lexicon,
    matches: &'a [FormMatch],
    /// The matches that can be places or organizations, by where they end and start; made for the first post.
    by_end: OnceCell<Vec<(usize, usize, usize)>>,
}

/// The longest parenthesis that is read as posts, in bytes.
const LONGEST_PARENTHESIS: usize = 90;

impl<'a> PostReader<'a> {
    /// A reader of the text in which `matches` are all surface forms of `lexicon`. The texts that its methods
    /// take are that text or a head of it.
    pub fn new(lexicon: &'a Lexicon, matches: &'a [FormMatch]) -> Self {
        Self { lexicon, matches, by_end: OnceCell::new() }
    }

    /// The posts that end right before byte `end` of `text`, in the order of the text.
    pub fn read_before(&self, text: &str, end: usize) -> Vec<PrintedPost> {
        let mut posts: Vec<PrintedPost> = Vec::new();
        let mut end = skip_space_before(text, end);
        while let Some(post) = self.read_one(text, end) {
            end = skip_space_before(text, post.start());
            posts.push(post);
            if text[..end].ends_with('、') {
                end -= '、'.len_utf8();
            }
        }
        posts.reverse();
        inherit_jurisdiction(&mut posts);
        inherit_tense(&mut posts);
        posts
    }

    /// The posts right after a name: 张志军书记, or in parentheses （省委常委、延边州委书记）.
    pub fn read_after(&self, text: &str, start: usize) -> Vec<PrintedPost> {
        let rest = &text[start..];
        if let Some(open) = rest.chars().next().filter(|c| matches!(c, '（' | '(')) {
            return self.read_parenthesis(text, start + open.len_utf8());
        }
        self.read_address(text, start).into_iter().collect()
    }

    /// A whole title, such as 吉林省委统战部部长; nothing unless every word of it is understood.
    pub fn read_title(&self, title: &str) -> Vec<Post> {
        let posts = self.read_before(title, title.len());
        let begins = posts.first().map(PrintedPost::start);
        if begins == Some(0) { posts.into_iter().map(|post| post.post).collect() } else { Vec::new() }
    }

    /// The longest run of posts that begins at byte `start` and ends by `limit`.
    pub fn read_from(&self, text: &str, start: usize, limit: usize) -> Vec<PrintedPost> {
        let ends = text[start..limit].char_indices().rev().map(|(at, c)| start + at + c.len_utf8());
        let mut runs = ends.map(|end| self.read_before(&text[..end], end));
        let begins = |posts: &Vec<PrintedPost>| posts.first().is_some_and(|post| post.content.start == start);
        runs.find(begins).unwrap_or_default()
    }

    fn read_parenthesis(&self, text: &str, start: usize) -> Vec<PrintedPost> {
        let Some(length) = text[start..].find(['）', ')']).filter(|length| *length <= LONGEST_PARENTHESIS) else {
            return Vec::new();
        };
        let mut posts = self.read_before(&text[..start + length], start + length);
        if posts.first().map(PrintedPost::start) != Some(start) {
            return Vec::new();
        }
        posts.iter_mut().for_each(|post| post.after_name = true);
        posts
    }

    /// A form of address after the name: 书记, 副省长.
    fn read_address(&self, text: &str, start: usize) -> Option<PrintedPost> {
        let vocabulary = &*VOCABULARY;
        let rank = vocabulary.ranks.beginning(&text[start..]);
        let role_at = start + rank.map_or(0, |(length, _)| length);
        let (length, role) = vocabulary.roles.beginning(&text[role_at..])?;
        let end = role_at + length;
        let next = text[end..].chars().next();
        let ends = next.is_none_or(|c| !is_han(c)) || vocabulary.after_names.beginning(&text[end..]).is_some();
        ends.then(|| PrintedPost {
            content: Span::new(start, end),
            title_start: start,
            qualifier: None,
            tense: None,
            post: Post {
                role: role.name,
                rank: rank.map_or("", |(_, rank)| rank),
                body: role.body.map_or(Body::Unsaid, known_body),
                jurisdiction: role.tier.map_or(Jurisdiction::Unsaid, tier),
            },
            clear: true,
            after_name: true,
        })
    }

    fn read_one(&self, text: &str, end: usize) -> Option<PrintedPost> {
        let vocabulary = &*VOCABULARY;
        let (length, role) = vocabulary.roles.ending(&text[..end])?;
        let role_start = end - length;
        let rank = vocabulary.ranks.ending(&text[..role_start]);
        let title_start = role_start - rank.map_or(0, |(length, _)| length);
        let inside = former_inside(text, title_start);
        let owner = inside
            .map(|qualifier| self.read_owner(text, qualifier.content.start, qualifier.content.start, role, false))
            .filter(|owner| inside.is_some_and(|qualifier| owner.start < qualifier.content.start));
        let inside = inside.filter(|_| owner.is_some());
        let owner = owner.unwrap_or_else(|| self.read_owner(text, title_start, role_start, role, rank.is_none()));
        let Owner { body, jurisdiction, start, body_start } = owner;
        let post = Post { role: role.name, rank: rank.map_or("", |(_, rank)| rank), body, jurisdiction };
        let (outside, clear) = read_left(text, start);
        let post = as_government_head(post, text.get(start..body_start).unwrap_or_default());
        let qualifier = outside.or(inside);
        let tense = qualifier.map(|qualifier| qualifier.tense);
        let content = Span::new(start, end);
        Some(PrintedPost { content, title_start, qualifier, tense, post, clear, after_name: false })
    }

    /// The body and jurisdiction before a rank and role.
    fn read_owner(&self, text: &str, title_start: usize, role_start: usize, role: Role, merge: bool) -> Owner {
        let (body, body_start, national) = self.read_bodies(text, title_start, role_start, role, merge);
        let (jurisdiction, start) = self.read_jurisdiction(text, body_start, national, role);
        let organization = self.organization_ending(title_start).filter(|(from, _)| *from < start);
        let (body, jurisdiction, start) = match organization {
            Some((start, organization)) => (Body::Organization(organization), Jurisdiction::Unsaid, start),
            None => (body, jurisdiction, start),
        };
        let (body, start) = as_consultative(text, body, start);
        Owner { body, jurisdiction, start, body_start }
    }

    /// The bodies before a rank and role: their last with the one above it, and where they begin.
    fn read_bodies(
        &self,
        text: &str,
        title_start: usize,
        role_start: usize,
        role: Role,
        merge: bool,
    ) -> (Body, usize, bool) {
        let vocabulary = &*VOCABULARY;
        let plain = vocabulary.bodies.ending(&text[..title_start]).map(|(length, body)| (title_start - length, body));
        // 统战部长 stands for 统战部部长: body and role share a character.
        let shared = role_start + text[role_start..].chars().next().map_or(0, char::len_utf8);
        let merged = vocabulary.bodies.ending(&text[..shared]).map(|(length, body)| (shared - length, body));
        let merged = merged.filter(|(start, _)| merge && *start < role_start);
        let found = match (plain, merged) {
            (Some(plain), Some(merged)) => Some(if merged.0 < plain.0 { merged } else { plain }),
            (plain, merged) => plain.or(merged),
        };
        match found {
            Some((start, body)) => {
                let (parent, parent_start) = self.read_parent(text, start, body.parent);
                (Body::Known { name: body.name, parent }, parent_start, body.national)
            }
            None => match self.party_committee_ending(text, title_start) {
                Some(start) => (known_body("党委"), start, false),
                None => (role.body.map_or(Body::Unsaid, known_body), title_start, false),
            },
        }
    }

    /// The body above one that begins at `start`: the 省委 of 省委统战部.
    fn read_parent(&self, text: &str, start: usize, usual: Option<&'static str>) -> (Option<&'static str>, usize) {
        if let Some(above) = self.party_committee_ending(text, start) {
            return (Some("党委"), above);
        }
        match VOCABULARY.bodies.ending(&text[..start]) {
            Some((length, body)) => (Some(body.name), start - length),
            None => (usual, start),
        }
    }

    /// Where the 委 of 省委, 延边州委 begins that ends at `end`.
    fn party_committee_ending(&self, text: &str, end: usize) -> Option<usize> {
        let start = text[..end].strip_suffix('委')?.len();
        let central = text[..start].ends_with("中共");
        (central || VOCABULARY.tiers.ending(&text[..start]).is_some()).then_some(start)
    }

    fn read_jurisdiction(&self, text: &str, end: usize, national: bool, role: Role) -> (Jurisdiction, usize) {
        let vocabulary = &*VOCABULARY;
        let implied = match role.tier {
            Some("国") => Jurisdiction::National,
            Some(name) => Jurisdiction::Tier(name),
            None if national => Jurisdiction::National,
            None => Jurisdiction::Unsaid,
        };
        let (jurisdiction, start) = if let Some((start, places)) = self.place_ending(end) {
            (Jurisdiction::Place(places), self.outer_places(start))
        } else if let Some((length, ())) = vocabulary.nation.ending(&text[..end]) {
            (Jurisdiction::National, end - length)
        } else if let Some((length, name)) = vocabulary.tiers.ending(&text[..end]) {
            (tier(name), end - length)
        } else {
            (implied, end)
        };
        let start = start - if text[..start].ends_with("中共") { "中共".len() } else { 0 };
        (jurisdiction, start)
    }

    /// Further places written before one: the 吉林省 of 吉林省长春市.
    fn outer_places(&self, mut start: usize) -> usize {
        while let Some((outer, _)) = self.place_ending(start) {
            start = outer;
        }
        start
    }

    fn place_ending(&self, end: usize) -> Option<(usize, Vec<EntryIndex>)> {
        self.entries_ending(end, EntryKind::Place)
    }

    fn organization_ending(&self, end: usize) -> Option<(usize, EntryIndex)> {
        let (start, organizations) = self.entries_ending(end, EntryKind::Organization)?;
        Some((start, *organizations.first()?))
    }

    /// The entries of a kind of the longest form that ends at `end`, and where it starts.
    fn entries_ending(&self, end: usize, kind: EntryKind) -> Option<(usize, Vec<EntryIndex>)> {
        let by_end = self.by_end.get_or_init(|| self.order_by_end());
        let first = by_end.partition_point(|(other, ..)| *other < end);
        by_end[first..].iter().take_while(|(other, ..)| *other == end).find_map(|(_, start, index)| {
            let entries = self.matches[*index].targets.iter().map(|target| target.entry);
            let mut entries: Vec<EntryIndex> = entries.filter(|entry| self.lexicon.kind(*entry) == kind).collect();
            entries.dedup();
            (!entries.is_empty()).then_some((*start, entries))
        })
    }

    fn order_by_end(&self) -> Vec<(usize, usize, usize)> {
        let is_body_or_place = |found: &FormMatch| {
            let kinds = [EntryKind::Place, EntryKind::Organization];
            found.targets.iter().any(|target| kinds.contains(&self.lexicon.kind(target.entry)))
        };
        let matches = self.matches.iter().enumerate().filter(|(_, found)| is_body_or_place(found));
        let mut by_end: Vec<_> = matches.map(|(index, found)| (found.span.end, found.span.start, index)).collect();
        by_end.sort_unstable();
        by_end
    }
}

/// What stands before a rank and role.
struct Owner {
    body: Body,
    jurisdiction: Jurisdiction,
    /// Where it begins, and where its body does.
    start: usize,
    body_start: usize,
}

/// The 原 or 前 between a body and the role: 吉林省委原书记.
fn former_inside(text: &str, title_start: usize) -> Option<Qualifier> {
    let head = &text[..title_start];
    let word = ["原", "前"].into_iter().find(|word| head.ends_with(word))?;
    let start = title_start - word.len();
    let content = Span::new(start, title_start);
    is_qualifier(&head[..start], word).then_some(Qualifier { content, tense: Tense::Former })
}

/// 政协吉林省委员会 is a committee of the 政协, and none of the Party.
fn as_consultative(text: &str, body: Body, start: usize) -> (Body, usize) {
    let above = ["中国人民政治协商会议", "政协"].into_iter().find(|name| text[..start].ends_with(name));
    match above.filter(|_| body == known_body("党委")) {
        Some(name) => (known_body("政协"), start - name.len()),
        None => (body, start),
    }
}

/// 自治区主席 heads a government as a 省长 does.
fn as_government_head(post: Post, jurisdiction: &str) -> Post {
    let of_government = post.body_name() == Some("政府") || post.body == Body::Unsaid && jurisdiction.ends_with('区');
    if post.role == "主席" && of_government {
        return Post { role: "首长", body: known_body("政府"), ..post };
    }
    post
}

fn known_body(name: &'static str) -> Body {
    Body::Known { name, parent: None }
}

fn tier(name: &'static str) -> Jurisdiction {
    if name == "国" { Jurisdiction::National } else { Jurisdiction::Tier(name) }
}

/// 省委常委、统战部长: the second post is one of the same 省.
fn inherit_jurisdiction(posts: &mut [PrintedPost]) {
    for index in 1..posts.len() {
        if posts[index].post.jurisdiction == Jurisdiction::Unsaid {
            posts[index].post.jurisdiction = posts[index - 1].post.jurisdiction.clone();
        }
    }
}

/// 时任省委常委、秘书长: the second post was held then as well, unless it has a qualifier of its own.
fn inherit_tense(posts: &mut [PrintedPost]) {
    for index in 1..posts.len() {
        posts[index].tense = posts[index].tense.or(posts[index - 1].tense);
    }
}

/// The qualifier before a post that starts at `start`, and whether the post surely starts there.
fn read_left(text: &str, start: usize) -> (Option<Qualifier>, bool) {
    let vocabulary = &*VOCABULARY;
    let head = &text[..start];
    if let Some((length, tense)) = vocabulary.qualifiers.ending(head)
        && is_qualifier(&head[..start - length], &head[start - length..])
    {
        return (Some(Qualifier { content: Span::new(start - length, start), tense }), true);
    }
    let clear = head.chars().next_back().is_none_or(|c| !is_han(c)) || vocabulary.before_names.ending(head).is_some();
    (None, clear)
}

/// Whether a one-character qualifier is one, and not the end of another word: 目前, 高原, 时代.
fn is_qualifier(before: &str, word: &str) -> bool {
    let Some(previous) = before.chars().next_back() else { return true };
    let other_word = match word {
        "前" => "此目日以之年月天会空从眼提当午节赛战生",
        "原" => "中平草高还",
        "代" => "时古年现当历近后前世换替取",
        _ => "",
    };
    !other_word.contains(previous)
}

fn skip_space_before(text: &str, end: usize) -> usize {
    text[..end].trim_end_matches([' ', '\u{3000}']).len()
}

/// Whether a character is a Chinese one, of any plane.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}
