//! A project: one configuration with its lexicon, ready to check drafts.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::civil::Date;

use super::levels::{RuleSelection, unknown_rules};
use crate::{
    analysis::Analyzer,
    config::Config,
    lang::{Lang, Message},
    lexicon::{
        EdtfDate, EntryIndex, Lexicon, Problem, ProblemCode, Texts,
        audit::{self, AuditOptions},
        text_for,
    },
    text::{Draft, Span},
};

/// What the front end sets on top of hegao.toml.
#[derive(Clone, Debug, Default)]
pub struct ProjectOptions {
    /// `--config`: this file instead of the one found upward.
    pub config: Option<PathBuf>,
    /// `--lexicon`: these instead of the configured lexicons; packs stay.
    pub lexicons: Vec<PathBuf>,
    /// `--as-of`.
    pub as_of: Option<EdtfDate>,
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--select` and `--ignore`.
    pub selection: RuleSelection,
    /// Texts of lexicon and configuration files that count in place of what is on disk.
    pub texts: Texts,
}

/// One configuration with its lexicon. A clone shares the lexicon.
#[derive(Clone)]
pub struct Project {
    config: Config,
    config_path: Option<PathBuf>,
    options: ProjectOptions,
    analyzer: Arc<Analyzer>,
    problems: Vec<Problem>,
    revision: u64,
}

static REVISION: AtomicU64 = AtomicU64::new(1);

impl Project {
    /// Opens the project whose hegao.toml lies in `folder` or above it; without one, the defaults are
    /// in force. Look at [`Project::problems`] for what could not be read.
    pub fn open(folder: &Path, options: ProjectOptions) -> Self {
        let config_path = options.config.clone().or_else(|| Config::discover(folder));
        Self::load(config_path, options)
    }

    /// Loads the project of the given configuration file, or the defaults if there is none.
    pub fn load(config_path: Option<PathBuf>, options: ProjectOptions) -> Self {
        let (mut config, mut problems) = match &config_path {
            Some(path) => read_config(path, &options.texts),
            None => (Config::without_file(), Vec::new()),
        };
        if !options.lexicons.is_empty() {
            config.lexicon.paths = options.lexicons.clone();
        }
        let lexicon = Lexicon::load_with(&config.lexicon, &options.texts);
        problems.extend(lexicon.problems().iter().cloned());
        Self::assemble(config, config_path, options, lexicon, problems)
    }

    fn assemble(
        config: Config,
        config_path: Option<PathBuf>,
        options: ProjectOptions,
        lexicon: Lexicon,
        problems: Vec<Problem>,
    ) -> Self {
        let analyzer = Arc::new(Analyzer::new(lexicon));
        let revision = REVISION.fetch_add(1, Ordering::Relaxed);
        Self { config, config_path, options, analyzer, problems, revision }
    }

    /// A project with the default configuration and a given lexicon.
    pub fn with_lexicon(lexicon: Lexicon, options: ProjectOptions) -> Self {
        let problems = lexicon.problems().to_vec();
        Self::assemble(Config::without_file(), None, options, lexicon, problems)
    }

    /// The same project with another `--as-of`, sharing the lexicon and its revision.
    pub fn with_as_of(&self, as_of: Option<EdtfDate>) -> Self {
        let mut project = self.clone();
        project.options.as_of = as_of;
        project
    }

    /// Sets the home jurisdiction, a code or entry id.
    pub fn with_home(mut self, home: impl Into<String>) -> Self {
        self.config.home = Some(home.into());
        self
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The path of hegao.toml, if there is one.
    pub fn config_path(&self) -> Option<&Path> {
        self.config_path.as_deref()
    }

    /// The lexicon with its posts in normal form.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        self.analyzer.lexicon()
    }

    /// What is wrong in hegao.toml and the lexicon files.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is wrong, doubtful or missing in the project's own entries as of `today`, beyond
    /// [`Project::problems`]. Looks at every entry: not for the path of a keystroke.
    pub fn audit(&self, today: Date) -> Vec<Problem> {
        let options = AuditOptions {
            today,
            review_months: self.config.review_months,
            shared_posts: self.analyzer.shared_posts(),
        };
        audit::audit(self.lexicon(), &options)
    }

    /// A number that is different for every loaded project: the lexicon revision.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The language of messages: the option, the configuration, or `fallback`.
    pub fn lang(&self, fallback: Lang) -> Lang {
        self.options.lang.or(self.config.lang).unwrap_or(fallback)
    }

    /// The as-of date that stands above those of drafts and configuration: `--as-of`.
    pub fn as_of_option(&self) -> Option<EdtfDate> {
        self.options.as_of
    }

    pub(super) fn selection(&self) -> &RuleSelection {
        &self.options.selection
    }

    /// The home jurisdiction of a draft: its own `home`, else the configured one.
    pub(super) fn home(&self, draft: &Draft, as_of: EdtfDate, notes: &mut Vec<Message>) -> Option<EntryIndex> {
        let own = draft.front_matter.home.as_ref().map(|field| field.value.as_str());
        let reference = own.or(self.config.home.as_deref())?;
        let home = self.lexicon().place_ref(reference, as_of);
        if home.is_none() {
            notes.push(Message::new(
                format!("所在地 home = `{reference}` 不在词库中，未采用；应为行政区划代码或地名词条的 id"),
                format!("the home jurisdiction `{reference}` is in no lexicon and is not used; write a GB/T 2260 code or the id of a place"),
            ));
        }
        home
    }
}

fn read_config(path: &Path, texts: &Texts) -> (Config, Vec<Problem>) {
    if let Some(text) = text_for(path, texts) {
        return parse_config(path, text);
    }
    match fs::read_to_string(path) {
        Ok(text) => parse_config(path, &text),
        Err(error) => {
            let message = Message::new(
                format!("配置文件无法读取：{error}"),
                format!("the configuration cannot be read: {error}"),
            );
            (Config::without_file(), vec![Problem::new(ProblemCode::Unreadable, path, Span::new(0, 0), 0, message)])
        }
    }
}

fn parse_config(path: &Path, text: &str) -> (Config, Vec<Problem>) {
    let (config, mut problems) = Config::parse(path, text);
    problems.extend(unknown_rules(&config, path, text));
    (config, problems)
}
