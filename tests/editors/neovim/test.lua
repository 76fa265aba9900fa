-- Neovim with editors/neovim on the sample workspace. Diagnostics have byte columns, which checks the conversion
-- of positions.
local passed, failed = 0, 0
local function check(what, ok, seen)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print('neovim: FAILED ' .. what .. ': ' .. vim.inspect(seen))
  end
end
local function wait(what, condition)
  check(what, vim.wait(20000, condition, 50), 'waited 20 s')
end

vim.lsp.enable('hegao')
vim.cmd('filetype on')

local function open(name)
  vim.cmd.edit('drafts/' .. name)
  return vim.api.nvim_get_current_buf()
end
local function text_of(buf, d)
  return vim.api.nvim_buf_get_text(buf, d.lnum, d.col, d.end_lnum, d.end_col, {})[1]
end
local function diagnostic(buf, code)
  return vim.iter(vim.diagnostic.get(buf)):find(function(d) return d.code == code end)
end
local function position(buf, words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then return row, at - 1 end
  end
  error(words .. ' is not in the draft')
end
local function params(client, buf, words)
  local row, column = position(buf, words)
  vim.api.nvim_win_set_cursor(0, { row, column })
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

local places = open('2022-07-12-places-and-order.md')
wait('L101 is reported', function() return diagnostic(places, 'L101') ~= nil end)
local client = vim.lsp.get_clients({ name = 'hegao', bufnr = places })[1]
check('the root is the folder of hegao.toml', client.root_dir == vim.fn.getcwd(), client.root_dir)

-- Byte columns.
local function spans(code, words)
  local d = diagnostic(places, code)
  check(code .. ' marks ' .. words, d and text_of(places, d) == words, d)
end
spans('L101', '白山市')
spans('A101', 'zhao-chunlai')
local order = diagnostic(places, 'P301')
check('P301 marks names', order and text_of(places, order):find('胡家福', 1, true), order)

-- Hover and definition.
local hover = client:request_sync('textDocument/hover', params(client, places, '胡家福到珲春'), 5000, places)
local card = hover and hover.result and hover.result.contents.value or ''
check('the card tells the post', card:find('延边州委书记', 1, true) or card:find('延边朝鲜族自治州委书记', 1, true), card)
local definition = client:request_sync('textDocument/definition', params(client, places, '胡家福到珲春'), 5000, places)
local target = definition and definition.result and (definition.result[1] or definition.result) or {}
check('the definition is in people.toml', (target.targetUri or target.uri or ''):find('lexicon/people.toml', 1, true), definition)
local range = target.targetSelectionRange or target.range
if range then
  vim.cmd.edit('lexicon/people.toml')
  local line = vim.api.nvim_buf_get_lines(0, range.start.line, range.start.line + 1, false)[1]
  check('the definition is the line of the name', line:find('胡家福', 1, true), line)
  vim.api.nvim_set_current_buf(places)
end

-- Quick fix.
vim.api.nvim_win_set_cursor(0, { position(places, '白山市通化县') })
local changed = vim.api.nvim_buf_get_changedtick(places)
vim.lsp.buf.code_action({
  apply = true,
  context = { only = { 'quickfix' }, diagnostics = {} },
  filter = function(action) return action.isPreferred == true and action.title:find('通化', 1, true) ~= nil end,
})
wait('the quick fix changes the draft', function() return vim.api.nvim_buf_get_changedtick(places) ~= changed end)
wait('L101 is gone after the fix', function() return diagnostic(places, 'L101') == nil end)
local fixed = table.concat(vim.api.nvim_buf_get_lines(places, 0, -1, false), '\n')
check('the fix writes 通化市通化县', fixed:find('通化市通化县', 1, true), 'not in the draft')

-- Fix all.
local formulations = open('2022-07-13-formulations.md')
wait('S101 is reported', function() return diagnostic(formulations, 'S101') ~= nil end)
vim.lsp.buf.code_action({ apply = true, context = { only = { 'source.fixAll.hegao' }, diagnostics = {} } })
wait('fix all leaves no S101 and S102', function()
  return diagnostic(formulations, 'S101') == nil and diagnostic(formulations, 'S102') == nil
end)

-- Another as-of date turns findings on and off.
local clean = open('2022-07-10-clean.md')
local function as_of(date)
  client:request_sync('workspace/executeCommand', { command = 'hegao.setAsOf', arguments = { date } }, 5000, clean)
end
as_of('2025-01-01')
wait('a later date reports former posts', function() return diagnostic(clean, 'P202') ~= nil end)
as_of(vim.NIL)
wait("the draft's own date reports none", function() return diagnostic(clean, 'P202') == nil end)

-- Completion by pinyin initials, and the post of the day as a hint behind a bare name.
local function new_draft(name, text)
  local buf = open(name)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(text, '\n', { plain = true }))
  vim.bo.filetype = 'markdown'
  wait('the server has ' .. name, function() return #vim.lsp.get_clients({ name = 'hegao', bufnr = buf }) == 1 end)
  return buf
end
local typed = new_draft('typed.md', '---\ndate: 2022-07-12\nhome: "220000"\n---\n\n会上，hjf说')
local list = client:request_sync('textDocument/completion', params(client, typed, 'hjf'), 5000, typed)
vim.api.nvim_win_set_cursor(0, { 6, #'会上，hjf' })
list = client:request_sync('textDocument/completion',
  vim.lsp.util.make_position_params(0, client.offset_encoding), 5000, typed)
local item = list and list.result and (list.result.items or list.result)[1]
check('hjf gives 胡家福 with his post', item and item.textEdit.newText:find('^省委常委.*胡家福$'), list)
if item then vim.lsp.util.apply_text_edits({ item.textEdit }, typed, client.offset_encoding) end
local written = vim.api.nvim_buf_get_lines(typed, 5, 6, false)[1]
check('only hjf is replaced', written:find('^会上，.*胡家福说$'), written)

vim.api.nvim_buf_set_lines(typed, 5, 6, false, { '胡家福说，要抓紧。' })
vim.lsp.inlay_hint.enable(true, { bufnr = typed })
local function hint()
  return vim.iter(vim.lsp.inlay_hint.get({ bufnr = typed })):map(function(h) return h.inlay_hint end)
    :find(function(h) return h.label:find('延边州委书记', 1, true) ~= nil end)
end
wait('a bare name has its post as a hint', function() return hint() ~= nil end)
check('the hint stands behind the name', vim.deep_equal(hint() and hint().position, { line = 5, character = #'胡家福' }), hint())

-- Add to lexicon.
local unknown = new_draft('unknown.md', '---\ndate: 2022-07-12\nhome: "220000"\n---\n\n省交通运输厅厅长何文川出席会议。')
wait('P501 is reported', function() return diagnostic(unknown, 'P501') ~= nil end)
vim.api.nvim_win_set_cursor(0, { position(unknown, '何文川') })
vim.lsp.buf.code_action({
  apply = true,
  context = { only = { 'quickfix' }, diagnostics = {} },
  filter = function(action) return action.command and action.command.command == 'hegao.addPerson' end,
})
wait('the lexicon file has the name', function()
  return vim.fn.readblob('lexicon/people.toml'):find('name = "何文川"', 1, true) ~= nil
end)
wait('P501 is gone', function() return diagnostic(unknown, 'P501') == nil end)

-- A lexicon edited elsewhere.
local posts = open('2022-07-12-places-and-order.md')
wait('P301 is reported before the edit', function() return diagnostic(posts, 'P301') ~= nil end)
local people = vim.fn.readblob('lexicon/people.toml')
local edited, times = people:gsub('name = "胡家福"', 'name = "胡佳福"')
check('people.toml has 胡家福 once', times == 1, times)
vim.fn.writefile(vim.split(edited, '\n', { plain = true }), 'lexicon/people.toml', 'b')
wait('the order of a man the lexicon no longer has is not reported', function() return diagnostic(posts, 'P301') == nil end)
vim.fn.writefile(vim.split(people, '\n', { plain = true }), 'lexicon/people.toml', 'b')
wait('it is reported again when he is back', function() return diagnostic(posts, 'P301') ~= nil end)

print(('neovim: %d passed, %d failed'):format(passed, failed))
client:stop()
vim.wait(500)
os.exit(failed == 0 and 0 or 1)
