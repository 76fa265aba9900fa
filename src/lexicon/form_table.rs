//! Strings prepared for exact matching: all of them that stand in a text are found in one pass,
//! overlapping ones included.
//!
//! The strings stand sorted, so that those which begin alike are neighbours. At each character of a text
//! a bitmap tells whether any string begins with it and the next one; for most it says no. A second bitmap
//! tells the same of three characters. Else a hash table gives the strings that begin so, a binary search the
//! last of them that does not sort after the text, and links from each string to the longest other one that
//! begins it give the rest: a string that begins the text begins that one as well.
//!
//! A table is one run of bytes, so that the build script, which compiles this file too, can prepare it:
//! little-endian 32-bit numbers (how many strings, slots and bits there are; for each string the end of
//! its text and its link, side by side; for each slot the first string and how many), then the bitmap, one more
//! for the first three characters, then the texts.

use std::borrow::Cow;

/// A set of distinct strings, numbered in their order.
#[derive(Debug)]
pub struct FormTable {
    bytes: Cow<'static, [u8]>,
    count: usize,
    slots: usize,
    bits: usize,
    has_single: bool,
}

/// Two characters that stand side by side, hashed; or one alone, or two [with](Self::with) what follows them.
#[derive(Clone, Copy, Debug)]
pub struct Pair(u64);

impl Pair {
    /// Two characters.
    #[inline]
    pub fn new(first: char, second: char) -> Self {
        Self::of_numbers(first as u32, second as u32)
    }

    fn alone(only: char) -> Self {
        Self::of_numbers(only as u32, u32::MAX)
    }

    fn of_numbers(first: u32, second: u32) -> Self {
        // Fibonacci hashing: the upper bits of the product depend on every bit.
        Self(((u64::from(first) << 32) | u64::from(second)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The two characters and what follows them in a string: a third one or its end.
    #[inline]
    pub fn with(self, third: Option<char>) -> Self {
        let third = third.map_or(u32::MAX, u32::from);
        Self((self.0.rotate_left(27) ^ u64::from(third)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The hash, of which the upper bits depend on every character.
    #[inline]
    pub fn hash(self) -> u64 {
        self.0
    }

    /// Its place among `size` ones, a power of two above one. Among half as many its place is half as far.
    pub fn place(self, size: usize) -> usize {
        (self.0 >> (64 - size.trailing_zeros())) as usize
    }
}

fn is_set(bitmap: &[u8], pair: Pair) -> bool {
    let bit = pair.place(8 * bitmap.len());
    bitmap[bit / 8] >> (bit % 8) & 1 == 1
}

fn set(bitmap: &mut [u8], pair: Pair) {
    let bit = pair.place(8 * bitmap.len());
    bitmap[bit / 8] |= 1 << (bit % 8);
}

const HEADER: usize = 4;
const NUMBER: usize = 4;

/// A bitmap has at least so many bits, so that those of most tables are of one size.
const MIN_BITS: usize = 1 << 19;

impl FormTable {
    /// Prepares `forms`, which must be sorted, distinct and not empty.
    pub fn build(forms: &[&str]) -> Self {
        Self::open(Cow::Owned(prepare(forms)))
    }

    /// Takes a table that [`prepare`] made.
    pub fn open(bytes: Cow<'static, [u8]>) -> Self {
        let number = |index: usize| number(&bytes, index);
        let (count, slots, bits, has_single) = (number(0), number(1), number(2), number(3) == 1);
        Self { bytes, count, slots, bits, has_single }
    }

    /// The strings of one character.
    pub fn single_characters(&self) -> Vec<char> {
        let forms = (0..self.count).filter(|_| self.has_single).map(|form| self.form(form));
        let texts = forms.filter(|form| form.len() <= 4).filter_map(|form| std::str::from_utf8(form).ok());
        texts.filter(|text| text.chars().nth(1).is_none()).filter_map(|text| text.chars().next()).collect()
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Calls `each` with the length and number of every string that begins `text`.
    pub fn begin(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        let mut characters = text.chars();
        let Some(only) = characters.next() else { return };
        if self.has_single
            && let Some(form) = self.find_single(only)
        {
            each(only.len_utf8(), form);
        }
        let Some(second) = characters.next() else { return };
        let (pair, third) = (Pair::new(only, second), characters.next());
        let goes_on = || self.may_go_on(pair, None) || third.is_some_and(|third| self.may_go_on(pair, Some(third)));
        if !self.may_begin(pair) || !goes_on() {
            return;
        }
        let Some((first, end)) = self.beginning(text, only, second) else { return };
        let mut next = self.last_before(first, end, text.as_bytes());
        let Some(shared) = next.map(|form| common(self.form(form), text.as_bytes())) else { return };
        while let Some(form) = next {
            let length = self.form(form).len();
            if length <= shared {
                each(length, form);
            }
            next = number(&self.bytes, HEADER + 2 * form + 1).checked_sub(1);
        }
    }

    /// Whether some string may begin with `pair`; a look at the texts says whether one does.
    fn may_begin(&self, pair: Pair) -> bool {
        is_set(self.pairs(), pair)
    }

    /// Whether some string may begin with `pair` and go on with `third`, or end before it.
    fn may_go_on(&self, pair: Pair, third: Option<char>) -> bool {
        is_set(self.heads(), pair.with(third))
    }

    /// A bit for each pair, or single character, that strings begin with.
    pub fn pairs(&self) -> &[u8] {
        &self.bytes[NUMBER * self.bitmap_at()..][..self.bits / 8]
    }

    /// A bit for each three characters that strings begin with, or for two that are a string.
    pub fn heads(&self) -> &[u8] {
        &self.bytes[NUMBER * self.bitmap_at() + self.bits / 8..][..self.bits / 8]
    }

    /// The string that is the one character `only`.
    fn find_single(&self, only: char) -> Option<usize> {
        let pair = Pair::alone(only);
        let bucket = || self.bucket(pair, |form| form == only.encode_utf8(&mut [0; 4]).as_bytes());
        self.may_begin(pair).then(bucket).flatten().map(|(first, _)| first)
    }

    /// The number of the string `text`.
    pub fn find(&self, text: &str) -> Option<usize> {
        let mut characters = text.chars();
        let first = characters.next()?;
        let Some(second) = characters.next() else { return self.find_single(first) };
        if !self.may_go_on(Pair::new(first, second), characters.next()) {
            return None;
        }
        let (first, end) = self.beginning(text, first, second)?;
        self.last_before(first, end, text.as_bytes()).filter(|form| self.form(*form) == text.as_bytes())
    }

    /// The strings that begin with the first two characters of `text`, which are given.
    fn beginning(&self, text: &str, first: char, second: char) -> Option<(usize, usize)> {
        let pair = Pair::new(first, second);
        let head = &text.as_bytes()[..first.len_utf8() + second.len_utf8()];
        self.bucket(pair, |form| form.starts_with(head))
    }

    /// The strings in the slot of `pair` whose first one `is_right`: the first and the one behind the last.
    fn bucket(&self, pair: Pair, is_right: impl Fn(&[u8]) -> bool) -> Option<(usize, usize)> {
        let mut slot = pair.place(self.slots);
        loop {
            let at = HEADER + 2 * self.count + 2 * slot;
            let (first, count) = (number(&self.bytes, at), number(&self.bytes, at + 1));
            if count == 0 {
                return None;
            }
            if is_right(self.form(first)) {
                return Some((first, first + count));
            }
            slot = (slot + 1) % self.slots;
        }
    }

    /// The last of the strings `first..end` that does not sort after `text`.
    fn last_before(&self, first: usize, end: usize, text: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (first, end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.form(middle) <= text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low > first).then(|| low - 1)
    }

    fn form(&self, form: usize) -> &[u8] {
        let end = |form: usize| number(&self.bytes, HEADER + 2 * form);
        let texts = &self.bytes[NUMBER * self.bitmap_at() + 2 * self.bits / 8..];
        &texts[form.checked_sub(1).map_or(0, end)..end(form)]
    }

    fn bitmap_at(&self) -> usize {
        HEADER + 2 * self.count + 2 * self.slots
    }
}

/// The table of sorted, distinct strings as bytes.
pub fn prepare(forms: &[&str]) -> Vec<u8> {
    let buckets = buckets(forms);
    let slots = (2 * buckets.len()).next_power_of_two().max(2);
    // At sixteen bits or more for each pair, at most one in sixteen pairs is looked up in vain.
    let bits = (8 * slots).max(4 * forms.len().next_power_of_two()).max(MIN_BITS);
    let mut table = vec![(0, 0); slots];
    let (mut pairs, mut heads) = (vec![0_u8; bits / 8], vec![0_u8; bits / 8]);
    for (pair, first, count) in &buckets {
        let mut slot = pair.place(slots);
        while table[slot].1 != 0 {
            slot = (slot + 1) % slots;
        }
        table[slot] = (*first, *count);
        set(&mut pairs, *pair);
        for form in &forms[*first..first + count] {
            set(&mut heads, pair.with(form.chars().nth(2)));
        }
    }
    let has_single = forms.iter().any(|form| form.chars().nth(1).is_none());
    let texts = forms.iter().map(|form| form.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(NUMBER * (HEADER + 2 * forms.len() + 2 * slots) + 2 * pairs.len() + texts);
    let mut write = |number: usize| bytes.extend_from_slice(&(number as u32).to_le_bytes());
    [forms.len(), slots, bits, usize::from(has_single)].into_iter().for_each(&mut write);
    let mut end = 0;
    for (form, link) in forms.iter().zip(links(forms)) {
        end += form.len();
        write(end);
        write(link);
    }
    for (first, count) in table {
        write(first);
        write(count);
    }
    bytes.extend(pairs);
    bytes.extend(heads);
    forms.iter().for_each(|form| bytes.extend_from_slice(form.as_bytes()));
    bytes
}

/// The pairs that strings begin with, each with the first string and how many there are.
fn buckets(forms: &[&str]) -> Vec<(Pair, usize, usize)> {
    let head = |form: &str| {
        let mut characters = form.chars();
        (characters.next().unwrap_or_default(), characters.next())
    };
    let mut first = 0;
    let alike = forms.chunk_by(|a, b| head(a) == head(b));
    let bucket = alike.map(|alike| {
        let pair = match head(alike[0]) {
            (first, Some(second)) => Pair::new(first, second),
            (only, None) => Pair::alone(only),
        };
        first += alike.len();
        (pair, first - alike.len(), alike.len())
    });
    bucket.collect()
}

/// For each string one more than the number of the longest other one that begins it, single characters
/// aside; 0 if there is none.
fn links(forms: &[&str]) -> Vec<usize> {
    let mut links = Vec::with_capacity(forms.len());
    let mut open: Vec<usize> = Vec::new();
    for (number, form) in forms.iter().enumerate() {
        while open.pop_if(|last| !form.starts_with(forms[*last])).is_some() {}
        links.push(open.last().map_or(0, |last| last + 1));
        if form.chars().nth(1).is_some() {
            open.push(number);
        }
    }
    links
}

fn number(bytes: &[u8], index: usize) -> usize {
    let at = NUMBER * index;
    bytes
        .get(at..at + NUMBER)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, |bytes| u32::from_le_bytes(bytes) as usize)
}

/// How many bytes two strings begin with in common.
fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Start, end and number of every occurrence, in order of place.
    fn matches(table: &FormTable, text: &str) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        for (start, _) in text.char_indices() {
            table.begin(&text[start..], |length, form| found.push((start, start + length, form)));
        }
        found.sort_unstable();
        found
    }

    fn naive(forms: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let starts = text.char_indices().map(|(start, _)| start);
        let here = |start: usize| {
            let begins = move |(_, form): &(usize, &&str)| text[start..].starts_with(**form);
            forms.iter().enumerate().filter(begins).map(move |(number, form)| (start, start + form.len(), number))
        };
        let mut found: Vec<_> = starts.flat_map(here).collect();
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(
            forms in proptest::collection::btree_set("[吉林省ab𠀀]{1,5}", 0..40),
            text in "[吉林省ab𠀀。]{0,40}",
        ) {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let table = FormTable::build(&forms);
            prop_assert_eq!(matches(&table, &text), naive(&forms, &text));
            for (number, form) in forms.iter().enumerate() {
                prop_assert_eq!(table.find(form), Some(number));
            }
            let known: BTreeSet<&str> = forms.iter().copied().collect();
            prop_assert_eq!(table.find(&text).is_some(), known.contains(text.as_str()));
        }
    }

    #[test]
    fn links_lead_to_every_beginning() {
        let forms = ["长", "长春", "长春市", "长春市人民政府", "长白", "长白山"];
        let table = FormTable::build(&forms);
        let found: Vec<&str> =
            matches(&table, "在长春市人民").into_iter().map(|(start, end, _)| &"在长春市人民"[start..end]).collect();
        assert_eq!(found, ["长", "长春", "长春市"]);
    }
}
