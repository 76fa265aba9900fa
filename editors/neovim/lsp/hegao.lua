-- hegao for Neovim 0.11 or later; switched on by vim.lsp.enable('hegao').
return {
  cmd = { 'hegao', 'lsp' },
  filetypes = { 'markdown', 'text' },
  root_markers = { 'hegao.toml', '.git' },
}
