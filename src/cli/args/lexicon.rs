//! The arguments of `hegao lexicon`.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{ArgAction, Args, ValueEnum};

use super::{
    AsOfArgs, DataFormat, ProjectArgs,
    values::{FailOn, entry_kind, fail_on, mapping},
};
use crate::lexicon::EntryKind;

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(in crate::cli) struct LexiconArgs {
    #[command(subcommand)]
    pub command: LexiconCommand,
}

/// A command of `hegao lexicon`.
#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum LexiconCommand {
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
pub(in crate::cli) struct LexiconShowArgs {
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
pub(in crate::cli) struct LexiconSearchArgs {
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
pub(in crate::cli) struct LexiconCheckArgs {
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
pub(in crate::cli) struct LexiconStatsArgs {
    /// 输出格式 ‖ Output format
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub format: DataFormat,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct LexiconImportArgs {
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
pub(in crate::cli) struct LexiconExportArgs {
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

/// The formats of `hegao lexicon check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AuditFormat {
    Full,
    Concise,
    Json,
}

/// The formats of `hegao lexicon import`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportSource {
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
pub(in crate::cli) enum ExportTarget {
    Csv,
    Toml,
    Popolo,
    Tbx,
    Skos,
    Prh,
}
