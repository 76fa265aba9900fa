//! The posts of a person on the as-of date, as a draft would print them.

use super::world::Checked;
use crate::lexicon::{EntryIndex, InForce, entry::HeldPost};

/// The posts held that day, joined as in print: 省委常委、延边州委书记. Empty if the lexicon knows none.
pub(super) fn on_that_day(checked: &Checked, person: EntryIndex) -> String {
    let lexicon = checked.loaded.project.lexicon();
    let posts = lexicon.entry(person).person().map(|person| person.posts.as_slice()).unwrap_or_default();
    let held = posts.iter().filter(|post| post.time.on(checked.draft.as_of.date) == InForce::Now);
    let home = home_name(checked);
    let texts: Vec<String> = held.map(|post| shortest(post, home.as_deref())).collect();
    texts.join("、")
}

/// The shortest accepted form of a post; in the home jurisdiction its name is left out: 吉林省委 is 省委.
pub(super) fn shortest(post: &HeldPost, home: Option<&str>) -> String {
    let forms = std::iter::once(&post.title).chain(&post.short);
    let at_home = forms.map(|form| without_home(form, home));
    at_home.min_by_key(|form| form.chars().count()).unwrap_or(&post.title).to_owned()
}

/// `title` without the name of the home jurisdiction before its tier: 吉林省委 with the home 吉林省.
pub(super) fn without_home<'t>(title: &'t str, home: Option<&str>) -> &'t str {
    let Some((proper, tier)) = home.and_then(|home| Some(home.split_at(home.char_indices().next_back()?.0))) else {
        return title;
    };
    title.strip_prefix(proper).filter(|rest| rest.starts_with(tier) && rest.len() > tier.len()).unwrap_or(title)
}

/// The name of the home jurisdiction on the as-of date.
pub(super) fn home_name(checked: &Checked) -> Option<String> {
    let lexicon = checked.loaded.project.lexicon();
    let version = lexicon.version_on(checked.draft.home?, checked.draft.as_of.date)?;
    Some(version.name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_jurisdiction_is_left_out_before_its_tier() {
        let check = |title: &str, home: Option<&str>, expected: &str| assert_eq!(without_home(title, home), expected);
        check("吉林省委常委", Some("吉林省"), "省委常委");
        check("吉林省人民政府副省长", Some("吉林省"), "省人民政府副省长");
        check("吉林市委书记", Some("吉林省"), "吉林市委书记");
        check("辽宁省委常委", Some("吉林省"), "辽宁省委常委");
        check("吉林省委常委", None, "吉林省委常委");
        check("吉林省", Some("吉林省"), "吉林省");
    }
}
