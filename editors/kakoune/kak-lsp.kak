# hegao with kakoune-lsp: source this file in kakrc after `eval %sh{kak-lsp}`.
hook -group lsp-filetype-hegao global BufSetOption filetype=(?:markdown|plain) %{
    set-option buffer lsp_servers %{
        [hegao]
        command = "hegao"
        args = ["lsp"]
        root_globs = ["hegao.toml", ".git"]
    }
}
hook global BufCreate .*\.txt %{ set-option buffer filetype plain }
hook global WinSetOption filetype=(?:markdown|plain) %{ lsp-enable-window }
