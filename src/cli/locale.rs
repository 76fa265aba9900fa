//! The language of what is printed: the option, else the configuration, else the environment.

use std::{env, ffi::OsString};

use clap::{Arg, Command, builder::StyledStr};

use crate::{check::Project, lang::Lang};

/// Stands between the Chinese and the English wording of a help text.
const SEPARATOR: char = '‖';

/// Where the language of messages comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Language {
    /// `--lang`.
    pub option: Option<Lang>,
    /// The locale of the environment.
    pub environment: Lang,
}

impl Language {
    /// The language of what belongs to no project.
    pub fn general(self) -> Lang {
        self.option.unwrap_or(self.environment)
    }

    /// The language of what is said of a project's drafts.
    pub fn of(self, project: &Project) -> Lang {
        self.option.unwrap_or_else(|| project.lang(self.environment))
    }
}

/// The language of the environment: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set. No locale
/// at all is Chinese, the language of the drafts; a locale in a third language is English.
pub(super) fn of_environment() -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = names.iter().filter_map(|name| env::var(name).ok()).find(|locale| !locale.is_empty());
    locale.map_or(Lang::Zh, |locale| of_locale(&locale))
}

fn of_locale(locale: &str) -> Lang {
    let name = locale.split('.').next().unwrap_or_default();
    if matches!(name, "C" | "POSIX") { Lang::Zh } else { Lang::from_tag(name).unwrap_or(Lang::En) }
}

/// The language that `--lang` asks for, before the arguments are understood: it also holds for help
/// and usage errors.
pub(super) fn asked_for(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<&str> =
        arguments.iter().filter_map(|argument| argument.to_str()).take_while(|word| *word != "--").collect();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    let apart = words.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    joined.chain(apart).find_map(Lang::from_tag)
}

/// Keeps one language of every help text, and gives the headings in it.
pub(super) fn localize(command: Command, lang: Lang) -> Command {
    let about = command.get_about().map(|text| pick(text, lang)).unwrap_or_default();
    let after = command.get_after_help().map(|text| pick(text, lang)).unwrap_or_default();
    let mut command = command.about(about).after_help(after).mut_args(|arg| localize_arg(arg, lang));
    if lang == Lang::Zh {
        command = command
            .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n")
            .subcommand_help_heading("命令")
            .subcommand_value_name("命令");
    }
    command.mut_subcommands(|subcommand| localize(subcommand, lang))
}

fn localize_arg(arg: Arg, lang: Lang) -> Arg {
    let mut help = arg.get_help().map(|text| pick(text, lang)).unwrap_or_default();
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let is_flag = !arg.get_action().takes_values();
    let default =
        arg.get_default_values().first().filter(|_| !is_flag).map(|value| value.to_string_lossy().into_owned());
    if !values.is_empty() && !is_flag {
        help += &match lang {
            Lang::Zh => format!("：{}", values.join("、")),
            Lang::En => format!(": {}", values.join(", ")),
        };
    }
    if let Some(default) = default {
        help += &match lang {
            Lang::Zh => format!("（默认 {default}）"),
            Lang::En => format!(" (default: {default})"),
        };
    }
    let heading = match lang {
        Lang::Zh if arg.is_positional() => Some("参数"),
        Lang::Zh => Some("选项"),
        Lang::En => None,
    };
    let arg = arg.help(help);
    let arg = if is_flag { arg } else { arg.hide_possible_values(true).hide_default_value(true) };
    if heading.is_some() { arg.help_heading(heading) } else { arg }
}

/// The wording in one language.
fn pick(text: &StyledStr, lang: Lang) -> String {
    let text = text.to_string();
    let (zh, en) = text.split_once(SEPARATOR).unwrap_or((&text, &text));
    match lang {
        Lang::Zh => zh.trim().to_owned(),
        Lang::En => en.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Arguments;

    #[test]
    fn locales_give_a_language() {
        let check = |locale: &str, expected: Lang| assert_eq!(of_locale(locale), expected, "{locale}");
        check("C", Lang::Zh);
        check("C.UTF-8", Lang::Zh);
        check("POSIX", Lang::Zh);
        check("zh_CN.UTF-8", Lang::Zh);
        check("en_GB.UTF-8", Lang::En);
        check("de_DE.UTF-8", Lang::En);
    }

    #[test]
    fn every_help_text_has_both_languages() {
        fn check(command: &Command) {
            let of_args = command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.get_help()));
            let own = (command.get_name().to_owned(), command.get_about());
            for (name, text) in of_args.chain([own]) {
                let text = text.map(ToString::to_string).unwrap_or_default();
                assert_eq!(text.matches(SEPARATOR).count(), 1, "{} {name}: {text}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Arguments::command());
    }
}
