//! The arguments: each option declared once, with its help in Chinese and English on either side of
//! `‖`.

use std::{net::SocketAddr, num::NonZeroUsize, path::PathBuf};

use clap::{
    ArgAction, ArgGroup, Args, Parser, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::Zoned;
use thiserror::Error;

use crate::{
    lang::{Lang, Message},
    lexicon::{EdtfDate, EntryKind},
    rules::Severity,
};

/// 核稿：核对稿件中的职务、区划与提法，并给出依据 ‖ Hegao verifies posts, places and formulations in Chinese drafts, with evidence
#[derive(Debug, Parser)]
#[command(name = "hegao", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// 提示所用语言 ‖ Language of messages
    #[arg(long, global = true, display_order = 900, value_name = "zh|en", value_parser = lang)]
    pub lang: Option<Lang>,
    /// 显示用法 ‖ Print help
    #[arg(short, long, global = true, display_order = 901, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本 ‖ Print the version
    #[arg(short = 'V', long, display_order = 902, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub subcommand: Subcommand,
}

/// A command.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// 核对稿件 ‖ Check drafts
    #[command(after_help = "退出码：0 没有达到 --fail-on 的问题；1 有；2 选项、配置、词库或文件有误\
        ‖Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 a bad option, configuration, lexicon or file")]
    Check(CheckArgs),
    /// 语言服务器，供编辑器使用 ‖ The language server, for editors
    Lsp(LspArgs),
    /// 列出稿件中的人物、地名、机构、提法及其词条 ‖ Print every mention in drafts with its entry
    #[command(
        after_help = "jsonl、webanno 可写任意多篇；其余格式每篇稿件一个文件，多篇时用 --output 指定文件夹，文件沿用稿件的名称。\
        brat 在文件夹中另写各篇全文（.txt）和 annotation.conf\
        ‖jsonl and webanno hold any number of drafts. The other formats take one file a draft: for several, --output \
        is a folder, in which files are named like the drafts. There, brat also writes their texts (.txt) and \
        annotation.conf"
    )]
    Annotate(AnnotateArgs),
    /// 去掉稿件中的标注和指令，得到可发表的文本 ‖ Print a draft without annotations and directives, ready to publish
    Strip(StripArgs),
    /// 说明一条规则；不写代码则列出全部 ‖ Explain a rule; without a code, list them all
    Explain(ExplainArgs),
    /// 查看和检查词库 ‖ Look at and check the lexicon
    Lexicon(LexiconArgs),
    /// 建立工作区：写出带说明的 hegao.toml 和词库样本 ‖ Set up a workspace: a commented hegao.toml and a lexicon to start from
    Init(InitArgs),
    /// 配置文件或词库文件的 JSON Schema，供编辑器使用 ‖ The JSON Schema of configuration or lexicon files, for editors
    Schema(SchemaArgs),
    /// 命令行补全脚本 ‖ A completion script for a shell
    Completions(CompletionsArgs),
}

/// Options that say which lexicon and which day hold.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ProjectArgs {
    /// 用此配置文件，不再逐级向上查找 hegao.toml ‖ Use this configuration instead of the nearest hegao.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// 词库文件或文件夹，代替配置中的词库，可重复；内置词库照用 ‖ A lexicon file or folder in place of the configured ones; repeatable, packs stay
    #[arg(long = "lexicon", value_name = "PATH", action = ArgAction::Append)]
    pub lexicons: Vec<PathBuf>,
}

/// The option that sets the as-of date.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct AsOfArgs {
    /// 按这一天核对：2022-06-24、2022-06、2022 或 today ‖ Check for this day: 2022-06-24, 2022-06, 2022 or today
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    pub as_of: Option<EdtfDate>,
}

/// Which drafts are read.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct DraftArgs {
    /// 稿件或文件夹（遵从 .gitignore），- 为标准输入；不写则为当前文件夹 ‖ Drafts or folders (.gitignore-aware), - for standard input; the current folder if absent
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// 标准输入内容的文件名，据以确定格式、日期和配置 ‖ Name of the draft on standard input, for its format, date and configuration
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("fixing").args(["fix", "diff"]).multiple(true))]
pub(super) struct CheckArgs {
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
    /// 有不低于此级别的问题时退出码为 1 ‖ Exit with 1 if there is a finding of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = fail_on())]
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
    /// 从标准输入逐行读 {"id","date","text"}，逐行回答 ‖ Read {"id","date","text"} lines from standard input and answer each
    #[arg(long, conflicts_with_all = ["paths", "format", "output", "fix", "unsafe_fixes", "diff"])]
    pub stdin_jsonl: bool,
    /// 并行数；不写则用全部处理器 ‖ How many drafts at a time; all processors if absent
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// 不显示进度 ‖ Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// 在此地址监听：端口（本机）或 地址:端口；不写则用标准输入输出 ‖ Listen on a port (loopback) or ADDRESS:PORT instead of standard input and output
    #[arg(long, value_name = "ADDR", value_parser = address)]
    pub tcp: Option<SocketAddr>,
    /// 用标准输入输出，即默认方式 ‖ Use standard input and output, which is the default
    #[arg(long, conflicts_with = "tcp")]
    stdio: bool,
}

#[derive(Debug, Args)]
pub(super) struct AnnotateArgs {
    #[command(flatten)]
    pub drafts: DraftArgs,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = AnnotateFormat::Jsonl)]
    pub format: AnnotateFormat,
    /// 结果写入文件；每篇一个文件的格式可为文件夹 ‖ Write the output to a file, or a folder for formats with a file per draft
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub as_of: AsOfArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct StripArgs {
    /// 稿件，- 为标准输入 ‖ A draft, - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 结果写入文件 ‖ Write the text to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// 标准输入内容的文件名，据以确定格式；不写则按 Markdown ‖ Name of the draft on standard input, for its format; Markdown if absent
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// 工作区文件夹，没有则新建；不写则为当前文件夹 ‖ The folder, made if it is not there; the current one if absent
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// 哪种文件 ‖ Which files
    #[arg(value_name = "WHAT", value_enum)]
    pub subject: SchemaSubject,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// 哪种命令行 ‖ Which shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// 规则的代码或名称 ‖ Code or name of a rule
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct LexiconArgs {
    #[command(subcommand)]
    pub command: LexiconCommand,
}

/// A command of `hegao lexicon`.
#[derive(Debug, clap::Subcommand)]
pub(super) enum LexiconCommand {
    /// 查一个词条：id、名称或行政区划代码 ‖ Show an entry by id, name or division code
    Show(LexiconShowArgs),
    /// 检索词条：汉字、拼音、拼音首字母，可混写 ‖ Search entries by characters, pinyin or initials, mixed if you like
    Search(LexiconSearchArgs),
    /// 检查词库文件 ‖ Check the lexicon files
    #[command(after_help = "退出码：0 没有达到 --fail-on 的问题；1 有；2 选项、配置或文件有误\
        ‖Exit codes: 0 nothing at or above --fail-on; 1 problems; 2 a bad option, configuration or file")]
    Check(LexiconCheckArgs),
    /// 词库里各类词条有多少 ‖ Count the entries of each kind
    Stats(LexiconStatsArgs),
    /// 把表格或其他程序的数据并入词库文件 ‖ Merge a spreadsheet or another program's data into a lexicon file
    #[command(after_help = "退出码：0 全部并入；1 有冲突，保留原值；2 有词条未能导入，或文件有误\
        ‖Exit codes: 0 all merged; 1 conflicts, in which the file keeps what it says; 2 some entries could not be imported, or a bad file")]
    Import(LexiconImportArgs),
    /// 把自己的词条写成其他程序的格式 ‖ Write your own entries in another program's format
    Export(LexiconExportArgs),
}

#[derive(Debug, Args)]
pub(super) struct LexiconShowArgs {
    /// id、名称或行政区划代码 ‖ Id, name or division code
    #[arg(value_name = "ID|NAME|CODE")]
    pub key: String,
    #[command(flatten)]
    pub as_of: AsOfArgs,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub format: DataFormat,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct LexiconSearchArgs {
    /// 汉字、拼音或首字母：胡家福、hujiafu、hjf、胡jf ‖ Characters, pinyin or initials: 胡家福, hujiafu, hjf, 胡jf
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// 只检索这些种类，逗号分隔 ‖ Only entries of these kinds, by comma
    #[arg(long, value_name = "KIND", value_delimiter = ',', action = ArgAction::Append, value_parser = entry_kind())]
    pub kind: Vec<EntryKind>,
    /// 最多列出几条 ‖ At most so many entries
    #[arg(long, value_name = "N", default_value = "20")]
    pub limit: NonZeroUsize,
    #[command(flatten)]
    pub as_of: AsOfArgs,
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub format: DataFormat,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct LexiconCheckArgs {
    /// 输出格式 ‖ Report format
    #[arg(long, value_enum, default_value_t = AuditFormat::Full)]
    pub format: AuditFormat,
    /// 有不低于此级别的问题时退出码为 1 ‖ Exit with 1 if there is a problem of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = fail_on())]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct LexiconStatsArgs {
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub format: DataFormat,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct LexiconImportArgs {
    /// 数据文件；areacodes 为 result.csv，旁边须有 codes.json ‖ The data; for areacodes result.csv, with codes.json beside it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 数据格式 ‖ Format of the data
    #[arg(long, value_enum)]
    pub format: ImportSource,
    /// 并入此词库文件：.toml，或 .csv；没有则新建 ‖ Merge into this lexicon file, .toml or .csv; created if it is not there
    #[arg(long, value_name = "OUT")]
    pub output: PathBuf,
    /// 只显示将作的改动，不写文件 ‖ Show what would be changed and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// 表格或词表中词条的种类 ‖ Kind of the entries in a table or vocabulary
    #[arg(long, value_name = "KIND", value_parser = entry_kind())]
    pub kind: Option<EntryKind>,
    /// 指明一列对应的键，如 --map 岗位=title；不要的列写 列名=-，可重复 ‖ The key a column stands for, such as --map Office=title; COLUMN=- leaves it out; repeatable
    #[arg(long = "map", value_name = "COLUMN=KEY", value_parser = mapping, action = ArgAction::Append)]
    pub columns: Vec<(String, String)>,
    /// 读工作簿中的这个工作表 ‖ Read this sheet of the workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// areacodes 之后的变更表；不写则用旁边的 after-2024.csv ‖ Changes after areacodes; after-2024.csv beside it if absent
    #[arg(long, value_name = "FILE")]
    pub after: Option<PathBuf>,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(super) struct LexiconExportArgs {
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum)]
    pub format: ExportTarget,
    /// 写入文件；不写则为标准输出 ‖ Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// 连同内置词库一并导出 ‖ Export the entries of packs, too
    #[arg(long)]
    pub with_packs: bool,
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// The formats of `hegao check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Full,
    Concise,
    Json,
    Jsonl,
}

/// The formats of `hegao lexicon check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AuditFormat {
    Full,
    Concise,
    Json,
}

/// The formats of `hegao annotate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnnotateFormat {
    Jsonl,
    Brat,
    Webanno,
    Tei,
    Html,
    Md,
}

/// What `hegao schema` describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaSubject {
    Config,
    Lexicon,
}

/// The formats of `hegao explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    Text,
    Md,
    Json,
}

/// The formats of `hegao lexicon show`, `search` and `stats`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    Text,
    Json,
}

/// The formats of `hegao lexicon import`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportSource {
    Csv,
    Xlsx,
    Wikidata,
    Ftm,
    Popolo,
    Tbx,
    Skos,
    Areacodes,
}

/// The formats of `hegao lexicon export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportTarget {
    Csv,
    Toml,
    Popolo,
    Tbx,
    Skos,
    Prh,
}

/// From which severity on findings give exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    Never,
    At(Severity),
}

impl FailOn {
    /// Whether a finding of this severity gives exit code 1.
    pub fn includes(self, severity: Severity) -> bool {
        matches!(self, Self::At(least) if severity >= least)
    }
}

/// Why the value of an option is refused.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub(super) struct ValueError(pub Message);

fn refused(zh: String, en: String) -> ValueError {
    ValueError(Message::new(zh, en))
}

fn lang(text: &str) -> Result<Lang, ValueError> {
    let zh = format!("`{text}` 不是可用的语言；应为 zh 或 en");
    Lang::from_tag(text).ok_or_else(|| refused(zh, format!("`{text}` is no language of hegao; write zh or en")))
}

fn as_of(text: &str) -> Result<EdtfDate, ValueError> {
    if text == "today" {
        return Ok(EdtfDate::from_day(Zoned::now().date()));
    }
    let zh = format!("`{text}` 不是日期；应为 2022-06-24、2022-06、2022 或 today");
    let en = format!("`{text}` is no date; write 2022-06-24, 2022-06, 2022 or today");
    text.parse().map_err(|_| refused(zh, en))
}

fn entry_kind() -> impl TypedValueParser<Value = EntryKind> {
    PossibleValuesParser::new(EntryKind::ALL.map(EntryKind::name))
        .map(|name| EntryKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(EntryKind::Person))
}

fn severity() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::name))
        .map(|name| Severity::from_name(&name).unwrap_or(Severity::Hint))
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    let names = Severity::ALL.map(Severity::name).into_iter().chain(["never"]);
    PossibleValuesParser::new(names).map(|name| Severity::from_name(&name).map_or(FailOn::Never, FailOn::At))
}

fn mapping(text: &str) -> Result<(String, String), ValueError> {
    let parts = text.rsplit_once('=').filter(|(column, key)| !column.is_empty() && !key.is_empty());
    let zh = format!("`{text}` 应写作 列名=键，如 岗位=title");
    let read = |(column, key): (&str, &str)| (column.trim().to_owned(), key.trim().to_owned());
    parts.map(read).ok_or_else(|| refused(zh, format!("write `{text}` as COLUMN=KEY, such as Office=title")))
}

/// A port alone is on the loopback interface; another interface must be named.
fn address(text: &str) -> Result<SocketAddr, ValueError> {
    let port = text.strip_prefix("localhost").unwrap_or(text);
    if let Ok(port) = port.strip_prefix(':').unwrap_or(port).parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let zh = format!("`{text}` 不是地址；应为端口（如 9257）或 地址:端口（如 127.0.0.1:9257）");
    let en = format!("`{text}` is no address; write a port (9257) or ADDRESS:PORT (127.0.0.1:9257)");
    text.parse().map_err(|_| refused(zh, en))
}
