" hegao with ALE: source this file in vimrc, after ALE is installed.
call ale#linter#Define('markdown', {
\   'name': 'hegao', 'lsp': 'stdio', 'executable': 'hegao', 'command': '%e lsp',
\   'project_root': {buffer -> fnamemodify(ale#path#FindNearestFile(buffer, 'hegao.toml'), ':h')},
\})
call ale#linter#Define('text', {
\   'name': 'hegao', 'lsp': 'stdio', 'executable': 'hegao', 'command': '%e lsp', 'language': 'plaintext',
\   'project_root': {buffer -> fnamemodify(ale#path#FindNearestFile(buffer, 'hegao.toml'), ':h')},
\})
