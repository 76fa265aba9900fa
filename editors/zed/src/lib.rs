//! Starts the language server of hegao in Zed.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result};

struct Hegao;

impl zed::Extension for Hegao {
    fn new() -> Self {
        Self
    }

    /// The program that the setting `lsp.hegao.binary` names, else `hegao` on PATH.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &zed::Worktree) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, arguments) = binary.map(|binary| (binary.path, binary.arguments)).unwrap_or_default();
        let command = path.or_else(|| worktree.which("hegao")).ok_or(
            "hegao is not on PATH: install it with `cargo install hegao`, or set lsp.hegao.binary.path",
        )?;
        let args = arguments.unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(zed::Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| zed::serde_json::json!({ "hegao": settings })))
    }
}

zed::register_extension!(Hegao);
