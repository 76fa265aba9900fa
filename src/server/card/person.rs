//! The card of a person: the posts of the day first.

use super::{Card, Cards};
use crate::{
    lexicon::{
        Entry, InForce,
        entry::{Gender, HeldPost, Person},
    },
    server::markup::Line,
};

impl<'a> Cards<'a> {
    pub(super) fn person(&self, person: &'a Person, entry: &'a Entry, card: &mut Card<'a>) {
        if let Some(gender) = person.gender {
            let gender = match gender {
                Gender::Female => self.say("女", "female"),
                Gender::Male => self.say("男", "male"),
            };
            card.markup.line(self.labelled("性别", "Gender", gender));
        }
        self.other_names(&person.other_names, card);
        if person.posts.is_empty() {
            return;
        }
        let on_that_day = self.posts(person, InForce::Now);
        if on_that_day.is_empty() {
            card.markup.line(Line::new(self.say("词库没有当日任职的记录", "The lexicon has no post held on that day")));
        }
        self.group("当日任职", "Posts on that day", &on_that_day, entry, card);
        let uncertain = self.posts(person, InForce::Uncertain);
        self.group(
            "当日前后任职，起止日期不够精确",
            "Perhaps on that day: the dates are not precise",
            &uncertain,
            entry,
            card,
        );
        self.group("此前任职", "Before", &self.posts(person, InForce::Ended), entry, card);
        self.group("此后任职", "Later", &self.posts(person, InForce::NotYet), entry, card);
    }

    /// The posts of the day, or else what is known nearest to it.
    pub(super) fn posts_in_short(&self, person: &'a Person) -> String {
        let mut states = [InForce::Now, InForce::Uncertain, InForce::Ended, InForce::NotYet].into_iter();
        let posts = states.find_map(|state| Some(self.posts(person, state)).filter(|posts| !posts.is_empty()));
        let posts = posts.unwrap_or_default().into_iter();
        let described = posts.map(|post| post.title.to_string() + &self.bracketed(&post.time.display()));
        described.collect::<Vec<_>>().join(self.say("；", "; "))
    }

    /// The posts that stand so on the day: the latest first, of future ones the next first.
    fn posts(&self, person: &'a Person, state: InForce) -> Vec<&'a HeldPost> {
        let mut posts: Vec<_> = person.posts.iter().filter(|post| post.time.on(self.as_of.date) == state).collect();
        if state == InForce::Ended {
            posts.sort_by_key(|post| std::cmp::Reverse(post.time.end.map(|end| end.latest())));
        } else if state == InForce::NotYet {
            posts.sort_by_key(|post| post.time.start.map(|start| start.earliest()));
        }
        posts
    }

    fn group(&self, zh: &str, en: &str, posts: &[&'a HeldPost], entry: &'a Entry, card: &mut Card<'a>) {
        if posts.is_empty() {
            return;
        }
        card.markup.line(Line::new(self.say(zh, en)));
        for post in posts {
            let sources = if post.sources.is_empty() { &entry.sources } else { &post.sources };
            let marks = card.cite(sources);
            card.markup.item(Line::new(&post.title).text(self.bracketed(&post.time.display())).text(marks));
        }
    }
}
