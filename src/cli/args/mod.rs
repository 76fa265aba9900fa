//! The arguments: each option declared once, with its help in Chinese and English on either side of
//! `‖`.

mod annotate;
mod check;
mod lexicon;
mod values;

use std::{net::SocketAddr, path::PathBuf};

use clap::{ArgAction, Args, Parser, ValueEnum};

use self::values::{address, as_of, lang};
pub(super) use self::{
    annotate::{AnnotateArgs, AnnotateFormat, StripArgs},
    check::{CheckArgs, ReportFormat, When},
    lexicon::{
        AuditFormat, ExportTarget, ImportSource, LexiconArgs, LexiconCheckArgs, LexiconCommand, LexiconExportArgs,
        LexiconImportArgs, LexiconSearchArgs, LexiconShowArgs, LexiconStatsArgs,
    },
    values::{FailOn, ValueError},
};
use crate::{lang::Lang, lexicon::EdtfDate};

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
    /// 手册页（roff），可用 man -l - 查看 ‖ A manual page (roff), shown by man -l -
    Man(ManArgs),
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
pub(super) struct LspArgs {
    /// 在此地址监听：端口（本机）或 地址:端口；不写则用标准输入输出 ‖ Listen on a port (loopback) or ADDRESS:PORT instead of standard input and output
    #[arg(long, value_name = "ADDR", value_parser = address)]
    pub tcp: Option<SocketAddr>,
    /// 用标准输入输出，即默认方式 ‖ Use standard input and output, which is the default
    #[arg(long, conflicts_with = "tcp")]
    stdio: bool,
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
pub(super) struct ManArgs {
    /// 哪个命令，如 check 或 lexicon show；不写则为整个程序 ‖ Of which command, such as check or lexicon show; of the whole program if absent
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
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
