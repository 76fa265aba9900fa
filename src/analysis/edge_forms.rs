//! Short strings with meanings, looked up at the end or the start of a text: every role, body, surname and
//! preposition is asked for at most places of a draft, and nearly always in vain.
//!
//! The strings are grouped by their last and by their first character, the longest first; a small hash table
//! gives the group of a character, so that a look in vain costs one character and one slot.

/// Strings with their meanings.
pub(super) struct Forms<T> {
    forms: Vec<(&'static str, T)>,
    by_last: Groups,
    by_first: Groups,
}

impl<T: Copy> Forms<T> {
    /// Of a string given twice, the last meaning counts.
    pub fn new(items: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut forms: Vec<(&'static str, T)> = items.into_iter().filter(|(form, _)| !form.is_empty()).collect();
        forms.reverse();
        forms.sort_by_key(|(form, _)| *form);
        forms.dedup_by_key(|(form, _)| *form);
        let texts: Vec<&str> = forms.iter().map(|(form, _)| *form).collect();
        let by_last = Groups::by_last(&texts);
        let by_first = Groups::by_first(&texts);
        Self { forms, by_last, by_first }
    }

    /// The longest form that ends `text`: its length in bytes and meaning.
    pub fn ending(&self, text: &str) -> Option<(usize, T)> {
        let last = text.chars().next_back()?;
        let beside = last.len_utf8() + 1;
        let byte = text.len().checked_sub(beside).map(|at| text.as_bytes()[at]);
        self.first_that(self.by_last.group(last), byte, |form| text.as_bytes().ends_with(form.as_bytes()))
    }

    /// The longest form that begins `text`: its length in bytes and meaning.
    pub fn beginning(&self, text: &str) -> Option<(usize, T)> {
        let first = text.chars().next()?;
        let byte = text.as_bytes().get(first.len_utf8() + BYTE_OF_SECOND).copied();
        self.first_that(self.by_first.group(first), byte, |form| text.as_bytes().starts_with(form.as_bytes()))
    }

    /// Whether `text` is a form.
    pub fn contains(&self, text: &str) -> bool {
        self.beginning(text).is_some_and(|(length, _)| length == text.len())
    }

    /// The first form of a group that `fits`. `byte` is what the text has at the place of [`Member::beside`].
    fn first_that(&self, group: &[Member], byte: Option<u8>, fits: impl Fn(&str) -> bool) -> Option<(usize, T)> {
        let may_fit = |member: &&Member| member.beside.is_none() || member.beside == byte;
        let found = group.iter().filter(may_fit).find(|member| fits(self.forms[usize::from(member.form)].0))?;
        let (form, meaning) = self.forms[usize::from(found.form)];
        Some((form.len(), meaning))
    }
}

/// The byte of a form's second character that is compared: the last one, of a Chinese character.
const BYTE_OF_SECOND: usize = 2;

/// Strings by one of their characters.
struct Groups {
    /// A character with the range of its strings in `members`; a power of two of them, at most half in use.
    slots: Vec<(char, u16, u16)>,
    /// Group after group, the longest string of each first.
    members: Vec<Member>,
}

/// A string of a group.
#[derive(Clone, Copy)]
struct Member {
    /// Its position.
    form: u16,
    /// A byte of the character beside the one of the group, which tells most strings apart before they are
    /// compared; none if the string ends before it.
    beside: Option<u8>,
}

impl Groups {
    fn by_last(forms: &[&str]) -> Self {
        Self::new(forms, |form| {
            let last = form.chars().next_back()?;
            Some((last, form.len().checked_sub(last.len_utf8() + 1).map(|at| form.as_bytes()[at])))
        })
    }

    fn by_first(forms: &[&str]) -> Self {
        Self::new(forms, |form| {
            let first = form.chars().next()?;
            Some((first, form.as_bytes().get(first.len_utf8() + BYTE_OF_SECOND).copied()))
        })
    }

    /// The groups by the character that `edge` gives, with the byte beside it.
    fn new(forms: &[&str], edge: impl Fn(&str) -> Option<(char, Option<u8>)>) -> Self {
        let edges = forms.iter().zip(0..).filter_map(|(form, at)| {
            let (edge, beside) = edge(form)?;
            Some((edge, Member { form: at, beside }))
        });
        let mut members: Vec<(char, Member)> = edges.collect();
        members.sort_by_key(|(edge, member)| (*edge, std::cmp::Reverse(forms[usize::from(member.form)].len())));
        let groups = || members.chunk_by(|a, b| a.0 == b.0);
        let mut slots = vec![('\0', 0, 0); (2 * groups().count() + 1).next_power_of_two()];
        let mut start = 0;
        for group in groups() {
            let end = start + group.len() as u16;
            let mut slot = slot_of(group[0].0, slots.len());
            while slots[slot].2 != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = (group[0].0, start, end);
            start = end;
        }
        Self { slots, members: members.into_iter().map(|(_, member)| member).collect() }
    }

    fn group(&self, edge: char) -> &[Member] {
        let mut slot = slot_of(edge, self.slots.len());
        loop {
            let (character, start, end) = self.slots[slot];
            if end == 0 {
                return &[];
            }
            if character == edge {
                return &self.members[usize::from(start)..usize::from(end)];
            }
            slot = (slot + 1) % self.slots.len();
        }
    }
}

/// The slot where the search for a character begins, of `count`, a power of two.
fn slot_of(edge: char, count: usize) -> usize {
    // Fibonacci hashing: the upper bits of the product depend on every bit.
    ((u64::from((edge as u32).wrapping_mul(0x9E37_79B9)) * count as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 10] = ["省", "省委", "委", "委书记", "书记", "副书记", "长", "a", "省长", "書"];

    proptest! {
        #[test]
        fn the_longest_form_at_each_edge(text in "[省委副书记长a書]{0,6}") {
            let forms = Forms::new(WORDS.into_iter().zip(0..));
            let longest = |fits: &dyn Fn(&str) -> bool| {
                WORDS.iter().zip(0..).filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len()).map(|(word, at)| (word.len(), at))
            };
            prop_assert_eq!(forms.ending(&text), longest(&|word| text.ends_with(word)));
            prop_assert_eq!(forms.beginning(&text), longest(&|word| text.starts_with(word)));
            prop_assert_eq!(forms.contains(&text), WORDS.contains(&text.as_str()));
        }
    }

    #[test]
    fn the_last_meaning_of_a_form_counts() {
        assert_eq!(Forms::new([("甲", 1), ("甲", 2)]).beginning("甲"), Some((3, 2)));
        assert_eq!(Forms::<()>::new([]).ending("甲"), None);
    }
}
