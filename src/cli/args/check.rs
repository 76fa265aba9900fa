//! The arguments of `hegao check`.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{ArgAction, ArgGroup, Args, ValueEnum};

use super::{
    AsOfArgs, DraftArgs, ProjectArgs,
    values::{FailOn, fail_on_or_limit, severity},
};
use crate::rules::Severity;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("fixing").args(["fix", "diff"]).multiple(true))]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub drafts: DraftArgs,
    /// 输出格式 ‖ Report format
    #[arg(long, value_enum, default_value_t = ReportFormat::Full)]
    pub format: ReportFormat,
    /// 结果写入文件 ‖ Write the report to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOfArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
    /// 只用这些规则，含默认关闭的：代码、名称或代码前缀，逗号分隔 ‖ Only these rules, those off by default included: codes, names or prefixes, by comma
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    pub select: Vec<String>,
    /// 不用这些规则 ‖ Without these rules
    #[arg(long, value_name = "CODE", value_delimiter = ',', action = ArgAction::Append)]
    pub ignore: Vec<String>,
    /// 只报告不低于此级别的问题 ‖ Report nothing below this severity
    #[arg(long, value_name = "SEVERITY", value_parser = severity())]
    pub min_severity: Option<Severity>,
    /// 有不低于此级别的问题时退出码为 1；limit 为每万字的错误和警告超过 hegao.toml 的 [limits] ‖ Exit with 1 if there is a finding of this severity or above; limit: if errors and warnings per 10,000 characters exceed [limits] of hegao.toml
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = fail_on_or_limit())]
    pub fail_on: FailOn,
    /// 改正有把握的问题，写回文件 ‖ Apply safe fixes to the files
    #[arg(long)]
    pub fix: bool,
    /// 连同须人工确认的修正一并采用 ‖ Apply fixes that want a look, too
    #[arg(long, requires = "fixing")]
    pub unsafe_fixes: bool,
    /// 只显示将作的改动，不写文件 ‖ Show what would be changed and write nothing
    #[arg(long, conflicts_with = "format")]
    pub diff: bool,
    /// 不报告此文件记下的问题 ‖ Do not report the findings recorded in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    pub baseline: Option<PathBuf>,
    /// 把现有问题记入此文件，以后用 --baseline 略过 ‖ Record the present findings in a file, to be passed over by --baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "diff", "watch"])]
    pub write_baseline: Option<PathBuf>,
    /// 只核对自此 git 版本以来改动和新增的稿件 ‖ Only drafts that changed or were added since this git revision
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// 把问题作为批注写入 .docx 稿件的副本 ‖ Write the findings into a copy of a .docx draft as comments
    #[arg(long, value_name = "OUT", conflicts_with_all = ["fix", "diff", "watch"])]
    pub annotate_docx: Option<PathBuf>,
    /// 另列各条规则的问题数 ‖ Count the findings of each rule, too
    #[arg(long, conflicts_with = "diff")]
    pub statistics: bool,
    /// 在一条规则的第一个问题下说明该规则（用于 full 格式） ‖ Explain a rule below its first finding (format full)
    #[arg(long, conflicts_with = "diff")]
    pub explain: bool,
    /// 稿件、配置或词库有改动时重新核对，直到中断 ‖ Check again whenever drafts, configuration or lexicon change, until interrupted
    #[arg(long, conflicts_with_all = ["fix", "diff", "output"])]
    pub watch: bool,
    /// 从标准输入逐行读 {"id","date","text"}，逐行回答 ‖ Read {"id","date","text"} lines from standard input and answer each
    #[arg(long, conflicts_with_all = ["paths", "format", "output", "fix", "unsafe_fixes", "diff", "baseline",
        "write_baseline", "since", "annotate_docx", "statistics", "explain", "watch"])]
    pub stdin_jsonl: bool,
    /// 并行数；不写则用全部处理器 ‖ How many drafts at a time; all processors if absent
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// 不显示进度 ‖ Show no progress
    #[arg(long)]
    pub no_progress: bool,
    /// 用不用颜色 ‖ Whether to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub color: When,
    /// 规则和来源用不用超链接 ‖ Whether sources and drafts are hyperlinks
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub hyperlinks: When,
    /// 正文折行的宽度；不写则为终端的宽度 ‖ Columns at which messages wrap; those of the terminal if absent
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<NonZeroUsize>,
}

/// The formats of `hegao check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    Full,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    /// Where a terminal shows it.
    Auto,
    Always,
    Never,
}
