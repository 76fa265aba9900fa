" Vim with ALE, without a screen: findings with their columns, and the card under the cursor. Results go to $RESULT.
let s:failed = []
let s:passed = 0

" Waits for the expression, and says what is not so.
function! s:Check(what, condition) abort
  let l:end = reltime()
  while !eval(a:condition) && reltimefloat(reltime(l:end)) < 20
    sleep 50m
  endwhile
  if eval(a:condition)
    let s:passed += 1
  else
    call add(s:failed, 'vim: FAILED ' . a:what)
  endif
endfunction

function! Findings() abort
  return ale#engine#GetLoclist(bufnr(''))
endfunction

function! Card() abort
  return join(map(filter(getwininfo(), 'getbufvar(v:val.bufnr, "&filetype") ==# "ale-preview.message"'), 'join(getbufline(v:val.bufnr, 1, "$"))'))
endfunction

try
  edit drafts/2022-07-12-places-and-order.md
  call ale#Queue(0)
  call s:Check('four findings', 'len(Findings()) == 4')
  call s:Check('one says where 通化县 lies', 'join(map(copy(Findings()), "v:val.text")) =~# "通化县不属于白山市"')
  call s:Check('its code', 'index(map(copy(Findings()), "v:val.code"), "L101") >= 0')
  call cursor(12, 1)
  call search('通化县')
  HegaoHover
  call s:Check('card', 'Card() =~# "吉林省 › 通化市 › 通化县"')
catch
  call add(s:failed, 'vim: FAILED ' . v:exception . ' ' . v:throwpoint)
endtry
call writefile(s:failed + [printf('vim: %d passed, %d failed', s:passed, len(s:failed))], $RESULT)
execute len(s:failed) == 0 && s:passed > 0 ? 'qall!' : 'cquit!'
