" hegao with vim-lsp: source this file in vimrc, after vim-lsp is installed.
augroup hegao
  autocmd!
  autocmd User lsp_setup call lsp#register_server({
  \   'name': 'hegao',
  \   'cmd': {_ -> ['hegao', 'lsp']},
  \   'allowlist': ['markdown', 'text'],
  \   'languageId': {_ -> &filetype ==# 'text' ? 'plaintext' : 'markdown'},
  \   'root_uri': {_ -> lsp#utils#path_to_uri(lsp#utils#find_nearest_parent_file_directory(lsp#utils#get_buffer_path(), ['hegao.toml', '.git/']))},
  \})
augroup END
