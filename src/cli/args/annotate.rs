//! The arguments of `hegao annotate` and `hegao strip`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{AsOfArgs, DraftArgs, ProjectArgs};

#[derive(Debug, Args)]
pub(in crate::cli) struct AnnotateArgs {
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
pub(in crate::cli) struct StripArgs {
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

/// The formats of `hegao annotate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnnotateFormat {
    Jsonl,
    Brat,
    Webanno,
    Tei,
    Html,
    Md,
}
