//! `hegao.toml`: which lexicon, which date, which rules are in force for the drafts below it.

pub mod fields;

use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    lang::Lang,
    lexicon::{EdtfDate, LexiconSources, Problem, ProblemCode, packs, sink::Sink},
    text::Span,
};

/// The name of the configuration file.
pub const FILE_NAME: &str = "hegao.toml";

/// The configuration in force for a draft.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder of hegao.toml; `None` if there is no such file.
    pub root: Option<PathBuf>,
    /// `as_of`.
    pub as_of: Option<ConfigAsOf>,
    /// `home`, a code or entry id.
    pub home: Option<String>,
    /// `lang`.
    pub lang: Option<Lang>,
    /// Lexicon files and folders and packs in force.
    pub lexicon: LexiconSources,
    /// `[lexicon] review_months`: after how many months an entry wants another look.
    pub review_months: Option<u16>,
    /// Which drafts below the root are checked when a folder is given.
    pub include: GlobSet,
    /// Which of them are not.
    pub exclude: GlobSet,
    /// Where "add to lexicon" writes.
    pub write_to: Option<PathBuf>,
    /// `[rules]`, by code or name.
    pub rules: Vec<(String, RuleLevel)>,
    /// `[[override]]`, later ones win.
    pub overrides: Vec<Override>,
    /// `[[waiver]]`.
    pub waivers: Vec<Waiver>,
    /// `[limits]`: findings per 10,000 characters.
    pub limits: Vec<(String, f64)>,
    /// Every code or name of a rule in the file, with its bytes there; which rules there are is not known here.
    pub rule_names: Vec<(String, Span)>,
}

/// The `as_of` of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigAsOf {
    /// `"today"`: the writer wants the day of the check.
    Today,
    /// A date.
    Date(EdtfDate),
}

/// How grave the findings of a rule count, or that it is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// No findings.
    Off,
    /// Findings count as hints.
    Hint,
    /// Findings count as information.
    Info,
    /// Findings count as warnings.
    Warning,
    /// Findings count as errors.
    Error,
}

/// Rule levels for some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// The paths, relative to the root.
    pub paths: GlobSet,
    /// The levels, by code or name.
    pub rules: Vec<(String, RuleLevel)>,
}

/// Findings that someone has looked at and lets stand.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Code or name of the rule.
    pub rule: String,
    /// The words it covers, as they stand in the draft.
    pub text: String,
    /// The drafts it covers; all if absent.
    pub path: Option<GlobSet>,
    /// Why.
    pub reason: String,
    /// The last day it covers anything.
    pub until: Option<EdtfDate>,
}

impl Config {
    /// The configuration without hegao.toml: all packs, `*.md` and `*.txt`.
    pub fn without_file() -> Self {
        let lexicon = LexiconSources { packs: packs::PACKS.iter().collect(), ..LexiconSources::default() };
        Self { lexicon, include: default_include(), ..Self::default() }
    }

    /// Finds the configuration file in `folder` or above it.
    pub fn discover(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
    }

    /// Reads the text of the file at `path`. Every fault is reported; what is sound is in force.
    pub fn parse(path: &Path, text: &str) -> (Self, Vec<Problem>) {
        let sink = Sink::new(path, text);
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        let config = match toml::from_str::<FileContent>(text) {
            Ok(content) => content.into_config(root, &sink),
            Err(error) => {
                let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
                refuse_file(&sink, span, error.message().trim());
                Self { root: Some(root), ..Self::without_file() }
            }
        };
        (config, sink.into_problems())
    }
}

/// Says why nothing of the file is in force. Of a key that there is not serde says which there are:
/// ``unknown field `hom`, expected one of `as_of`, `home` ``.
fn refuse_file(sink: &Sink<'_>, span: Span, reason: &str) {
    let mut named = reason.split('`').skip(1).step_by(2);
    match named.next().filter(|_| reason.starts_with("unknown field")) {
        Some(key) => sink.unknown(ProblemCode::InvalidValue, span, key, named),
        None => {
            let (zh, en) = (format!("hegao.toml 有误：{reason}"), format!("hegao.toml is not valid: {reason}"));
            sink.report(ProblemCode::InvalidValue, span, &zh, &en);
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileContent {
    as_of: Option<Spanned<String>>,
    home: Option<String>,
    lang: Option<Spanned<String>>,
    lexicons: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    lexicon: LexiconContent,
    packs: Option<Vec<Spanned<String>>>,
    include: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    write_to: Option<Spanned<String>>,
    #[serde(default)]
    rules: RuleLevels,
    #[serde(default, rename = "override")]
    overrides: Vec<OverrideContent>,
    #[serde(default, rename = "waiver")]
    waivers: Vec<WaiverContent>,
    #[serde(default)]
    limits: std::collections::BTreeMap<String, f64>,
}

/// Levels by the code or name of their rule.
type RuleLevels = std::collections::BTreeMap<Spanned<String>, RuleLevel>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconContent {
    review_months: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverrideContent {
    paths: Vec<Spanned<String>>,
    rules: RuleLevels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaiverContent {
    rule: Spanned<String>,
    text: String,
    path: Option<Spanned<String>>,
    #[serde(default)]
    reason: String,
    until: Option<Spanned<String>>,
}

impl FileContent {
    fn into_config(self, root: PathBuf, sink: &Sink<'_>) -> Config {
        let as_of = self.as_of.as_ref().and_then(|text| {
            if text.get_ref() == "today" {
                return Some(ConfigAsOf::Today);
            }
            read_date(text, sink).map(ConfigAsOf::Date)
        });
        let lang = self.lang.as_ref().and_then(|text| {
            let lang = Lang::from_tag(text.get_ref());
            if lang.is_none() {
                refuse(sink, text, "`lang` 应为 zh-CN 或 en", "`lang` must be zh-CN or en");
            }
            lang
        });
        let leveled = self.overrides.iter().map(|item| &item.rules).chain([&self.rules]).flat_map(|rules| rules.keys());
        let rule_names = leveled.chain(self.waivers.iter().map(|item| &item.rule));
        let rule_names = rule_names.map(|name| (name.get_ref().clone(), span_of(name))).collect();
        let overrides = self.overrides.into_iter();
        let waivers = self.waivers.into_iter();
        Config {
            as_of,
            lang,
            home: self.home,
            lexicon: LexiconSources {
                packs: read_packs(self.packs.as_deref(), sink),
                paths: read_lexicons(self.lexicons.as_deref(), &root, sink),
            },
            review_months: self.lexicon.review_months,
            include: self.include.map_or_else(default_include, |globs| read_globs(&globs, sink)),
            exclude: read_globs(&self.exclude, sink),
            write_to: self.write_to.and_then(|path| inside(&root, &path, sink)),
            rules: levels(self.rules),
            overrides: overrides
                .map(|item| Override { paths: read_globs(&item.paths, sink), rules: levels(item.rules) })
                .collect(),
            waivers: waivers
                .map(|item| Waiver {
                    path: item.path.map(|glob| read_globs(&[glob], sink)),
                    until: item.until.and_then(|text| read_date(&text, sink)),
                    rule: item.rule.into_inner(),
                    text: item.text,
                    reason: item.reason,
                })
                .collect(),
            limits: self.limits.into_iter().collect(),
            rule_names,
            root: Some(root),
        }
    }
}

fn read_packs(names: Option<&[Spanned<String>]>, sink: &Sink<'_>) -> Vec<&'static packs::Pack> {
    let Some(names) = names else { return packs::PACKS.iter().collect() };
    let mut found = Vec::new();
    for name in names {
        match packs::find(name.get_ref()) {
            Some(pack) => found.push(pack),
            None => {
                let known: Vec<&str> = packs::PACKS.iter().map(|pack| pack.name).collect();
                let zh = format!("没有 `{}` 这个内置词库；可用：{}", name.get_ref(), known.join("、"));
                let en = format!("there is no pack `{}`; the packs are: {}", name.get_ref(), known.join(", "));
                refuse(sink, name, &zh, &en);
            }
        }
    }
    found
}

fn read_lexicons(paths: Option<&[Spanned<String>]>, root: &Path, sink: &Sink<'_>) -> Vec<PathBuf> {
    match paths {
        Some(paths) => paths.iter().filter_map(|path| inside(root, path, sink)).collect(),
        None => Some(root.join("lexicon")).filter(|folder| folder.is_dir()).into_iter().collect(),
    }
}

/// A path of the configuration, which must not leave the workspace.
fn inside(root: &Path, path: &Spanned<String>, sink: &Sink<'_>) -> Option<PathBuf> {
    let joined = root.join(path.get_ref());
    let leaves = |root: PathBuf, path: PathBuf| !path.starts_with(root);
    let outside = match (root.canonicalize(), joined.canonicalize()) {
        (Ok(root), Ok(path)) => leaves(root, path),
        _ => Path::new(path.get_ref())
            .components()
            .any(|part| !matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir)),
    };
    if outside {
        let zh = format!("`{}` 在工作区之外，不予读取；请放到 {} 之下", path.get_ref(), root.display());
        let en = format!("`{}` leaves the workspace and is refused; put it below {}", path.get_ref(), root.display());
        refuse(sink, path, &zh, &en);
    }
    (!outside).then_some(joined)
}

fn default_include() -> GlobSet {
    let globs = ["**/*.md", "**/*.txt"].iter().filter_map(|glob| Glob::new(glob).ok());
    globs
        .fold(GlobSetBuilder::new(), |mut set, glob| {
            set.add(glob);
            set
        })
        .build()
        .unwrap_or_default()
}

fn read_globs(globs: &[Spanned<String>], sink: &Sink<'_>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        match Glob::new(glob.get_ref()) {
            Ok(parsed) => drop(set.add(parsed)),
            Err(error) => {
                refuse(sink, glob, &format!("路径模式有误：{error}"), &format!("not a path pattern: {error}"))
            }
        }
    }
    set.build().unwrap_or_default()
}

fn read_date(text: &Spanned<String>, sink: &Sink<'_>) -> Option<EdtfDate> {
    let date = text.get_ref().parse().ok();
    if date.is_none() {
        let zh = format!("`{}` 不是日期；应为 2022、2022-06 或 2022-06-24", text.get_ref());
        let en = format!("`{}` is no date: write 2022, 2022-06 or 2022-06-24", text.get_ref());
        refuse(sink, text, &zh, &en);
    }
    date
}

fn levels(rules: RuleLevels) -> Vec<(String, RuleLevel)> {
    rules.into_iter().map(|(name, level)| (name.into_inner(), level)).collect()
}

fn refuse(sink: &Sink<'_>, value: &Spanned<String>, zh: &str, en: &str) {
    sink.report(ProblemCode::InvalidValue, span_of(value), zh, en);
}

fn span_of(value: &Spanned<String>) -> Span {
    Span::new(value.span().start, value.span().end)
}
