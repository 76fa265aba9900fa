//! The page of a rule: what it reports, why, and its examples. It lies in the cache folder beside the
//! packs, and a diagnostic's code leads to it.

use std::{fmt::Write, path::Path};

use tower_lsp::ls_types::Uri;

use super::{to_proto, world::World};
use crate::{
    lang::Lang,
    rules::{self, Example, Rule},
};

/// Where the page of a rule can be opened, if the client can go there.
pub(super) fn of(world: &World, code: &str, lang: Lang) -> Option<Uri> {
    if !world.traits().code_descriptions {
        return None;
    }
    let rule = rules::find(code)?;
    let tag = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let name = format!("rules/{tag}/{code}.md");
    let path = world.pack_files.copy_with(Path::new(&name), || page(rule, lang))?;
    to_proto::uri(&path)
}

/// The page in Markdown.
fn page(rule: &Rule, lang: Lang) -> String {
    let (reported, silent) = match lang {
        Lang::Zh => ("## 报告\n", "## 不报告\n"),
        Lang::En => ("## Reported\n", "## Not reported\n"),
    };
    let mut page = format!("# {} {}\n\n{}\n\n{}\n", rule.code, rule.name, rule.summary.get(lang), rule.why.get(lang));
    for (title, examples) in [(reported, rule.bad), (silent, rule.good)] {
        if !examples.is_empty() {
            let _ = write!(page, "\n{title}");
            examples.iter().for_each(|example| self::example(&mut page, example, lang));
        }
    }
    page
}

fn example(page: &mut String, example: &Example, lang: Lang) {
    let _ = write!(page, "\n```markdown\n{}\n```\n", example.text.trim_end());
    if let Some(fixed) = example.fixed {
        let label = match lang {
            Lang::Zh => "改为",
            Lang::En => "Fixed",
        };
        let _ = write!(page, "\n{label}:\n\n```markdown\n{}\n```\n", fixed.trim_end());
    }
    if !example.lexicon.trim().is_empty() {
        let label = match lang {
            Lang::Zh => "词库",
            Lang::En => "Lexicon",
        };
        let _ = write!(page, "\n{label}:\n\n```toml\n{}\n```\n", example.lexicon.trim());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_with_its_examples() {
        for rule in rules::RULES {
            for lang in [Lang::Zh, Lang::En] {
                let page = page(rule, lang);
                assert!(page.starts_with(&format!("# {} {}\n", rule.code, rule.name)), "{page}");
                assert!(page.contains(rule.why.get(lang)), "{page}");
                assert!(rule.bad.iter().all(|bad| page.contains(bad.text.trim_end())), "{page}");
            }
        }
    }
}
