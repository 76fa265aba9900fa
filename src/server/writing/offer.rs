//! The code actions that add to a lexicon what a draft shows it to lack.

use serde_json::{Value, json};
use tower_lsp::ls_types::{CodeAction, CodeActionKind, Command};

use super::plan::{AddAlias, AddPerson, AddPost, Plan, PostArgument};
use crate::{
    lang::Message,
    lexicon::{EdtfDate, EntryKind, Lexicon, write::alias_key},
    rules::{Addition, Finding, NewPost},
    server::{
        diagnostics,
        requests::code_action,
        world::{Checked, World},
    },
    text::Span,
};

/// The actions for officials in `range` whom the lexicon lacks, where the rule that would say so is off.
pub(in crate::server) fn quiet_actions(world: &World, checked: &Checked, range: Span) -> Vec<CodeAction> {
    let unknown = checked.loaded.project.unknown_officials(&checked.draft);
    let is_shown = |finding: &Finding| {
        checked.draft.findings.iter().any(|shown| (shown.code, shown.span) == (finding.code, finding.span))
    };
    let here = unknown.iter().filter(|finding| finding.span.touches(range) && !is_shown(finding));
    let quiet = |action| CodeAction { diagnostics: None, ..action };
    here.filter_map(|finding| action(world, checked, finding)).map(quiet).collect()
}

/// What can be added for a finding.
struct Offer {
    title: Message,
    command: &'static str,
    argument: Value,
    plan: Result<Plan, Message>,
}

/// The action for a finding: adding a person, posts or another name. What cannot be written is disabled.
pub(in crate::server) fn action(world: &World, checked: &Checked, finding: &Finding) -> Option<CodeAction> {
    let Offer { title, command, argument, plan } = offer(checked, finding)?;
    let obstacle = match plan {
        Ok(plan) => super::obstacle(world, &checked.loaded, &plan.place.path),
        Err(reason) => Some(reason),
    };
    let title = title.get(checked.lang).to_owned();
    let action = CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::of_finding(world, checked, finding)]),
        command: Some(Command { title, command: command.to_owned(), arguments: Some(vec![argument]) }),
        ..CodeAction::default()
    };
    match obstacle {
        Some(reason) => code_action::disabled(world, checked.lang, action, &reason),
        None => Some(action),
    }
}

fn offer(checked: &Checked, finding: &Finding) -> Option<Offer> {
    let (loaded, lexicon) = (&checked.loaded, checked.loaded.project.lexicon());
    let uri = checked.document.uri.clone();
    let as_of = checked.draft.as_of.date;
    let arguments = |posts: &[NewPost]| posts.iter().map(|post| argument(lexicon, post, as_of)).collect();
    match &finding.addition {
        Some(Addition::Person { name, posts }) => {
            let title = Message::new(format!("把“{name}”加入词库"), format!("Add {name} to the lexicon"));
            let argument = AddPerson { uri, name: name.clone(), posts: arguments(posts) };
            let plan = argument.plan(loaded);
            Some(Offer { title, command: "hegao.addPerson", argument: json!(argument), plan })
        }
        Some(Addition::Posts { person, posts }) => {
            let entry = lexicon.entry(*person);
            let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
            let (name, titles) = (entry.name(), titles.join("、"));
            let title =
                Message::new(format!("把“{titles}”加为{name}的职务"), format!("Add “{titles}” to the posts of {name}"));
            let argument = AddPost { uri, entry: entry.id.clone(), posts: arguments(posts) };
            let plan = argument.plan(loaded);
            Some(Offer { title, command: "hegao.addPost", argument: json!(argument), plan })
        }
        None => alias(checked, finding),
    }
}

/// Annotated words that are no form of the entry may be one that is not written down yet.
fn alias(checked: &Checked, finding: &Finding) -> Option<Offer> {
    if finding.code != "A102" {
        return None;
    }
    let annotation = checked.draft.draft.annotations().find(|annotation| annotation.span.touches(finding.span))?;
    let lexicon = checked.loaded.project.lexicon();
    let entry = lexicon.entry(lexicon.find(&annotation.id)?);
    alias_key(entry.kind())?;
    let form = annotation.text.slice(&checked.draft.draft.text).to_owned();
    let name = entry.name();
    let title = if entry.kind() == EntryKind::Term {
        let en = format!("Add “{form}” to the deprecated forms of {name}");
        Message::new(format!("把“{form}”列为“{name}”的不用写法"), en)
    } else {
        Message::new(format!("把“{form}”加为{name}的别名"), format!("Add “{form}” to the names of {name}"))
    };
    let on = Some(checked.draft.as_of.date.to_string());
    let argument = AddAlias { uri: checked.document.uri.clone(), entry: entry.id.clone(), form, on };
    let plan = argument.plan(&checked.loaded);
    Some(Offer { title, command: "hegao.addAlias", argument: json!(argument), plan })
}

/// A post as an argument; a place goes by its code on the day, as people write it.
fn argument(lexicon: &Lexicon, post: &NewPost, as_of: EdtfDate) -> PostArgument {
    let place = post.place.map(|place| {
        let code = lexicon.version_on(place, as_of).and_then(|version| version.code.clone());
        code.unwrap_or_else(|| lexicon.entry(place).id.clone()).to_string()
    });
    PostArgument { title: post.title.clone(), place }
}
