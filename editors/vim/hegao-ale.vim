" hegao with ALE: source this file in vimrc, after ALE is installed.
call ale#linter#Define('markdown', {
\   'name': 'hegao', 'lsp': 'stdio', 'executable': 'hegao', 'command': '%e lsp',
\   'project_root': {buffer -> fnamemodify(ale#path#FindNearestFile(buffer, 'hegao.toml'), ':h')},
\})
call ale#linter#Define('text', {
\   'name': 'hegao', 'lsp': 'stdio', 'executable': 'hegao', 'command': '%e lsp', 'language': 'plaintext',
\   'project_root': {buffer -> fnamemodify(ale#path#FindNearestFile(buffer, 'hegao.toml'), ':h')},
\})

" :ALEHover sends byte columns, which lie far to the right of the cursor in Chinese text. As a hover under the mouse
" the answer is shown although the column is not the cursor's.
command! HegaoHover call ale#hover#Show(bufnr(''), line('.'), charcol('.'), {'called_from_balloonexpr': 1})
