-- Run by test.sh within Neovim.

local PATIENCE = 15000
local said, passed, failed = {}, 0, 0

local function test(name, run)
  local ok, problem = pcall(run)
  passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
  table.insert(said, ok and ('ok      ' .. name) or ('FAILED  %s\n        %s'):format(name, problem))
end

local function wait(what, holds)
  assert(vim.wait(PATIENCE, holds, 50), 'waited in vain until ' .. what)
end

--- Sets the whole text of the plan.
local function write(change)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(change(table.concat(lines, '\n')), '\n'))
end

--- Where `text` begins: the row and the column, from zero.
local function find(text)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      return { line = row - 1, character = column - 1 }
    end
  end
  error('no ' .. text)
end

local function ask(method, parameters)
  parameters.textDocument = { uri = vim.uri_from_bufnr(0) }
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'milepost' })[1]
  local answer = assert(client:request_sync(method, parameters, PATIENCE, 0))
  assert(not answer.err, answer.err and answer.err.message)
  return answer.result
end

vim.lsp.config('milepost', { cmd = { vim.env.MILEPOST_LSP } })
vim.lsp.enable('milepost')
vim.cmd.syntax('on')
vim.cmd.edit('june.plan')

test('a plan is known by its ending', function()
  assert(vim.bo.filetype == 'milepost', vim.bo.filetype)
  local place = find('measure revenue')
  local group = vim.fn.synIDattr(vim.fn.synID(place.line + 1, place.character + 1, 1), 'name')
  assert(group == 'milepostStatement', group)
end)

test('the server starts', function()
  wait('it is attached', function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'milepost' }) == 1
  end)
end)

test('a mistake is told about, and mended', function()
  write(function(text)
    return (text:gsub('through field%-sales', 'through feild-sales'))
  end)
  wait('there is a message', function()
    local found = vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
    return #found == 1 and found[1].message:find('feild-sales', 1, true) and found[1].lnum == find('through').line
  end)
  write(function(text)
    return (text:gsub('through feild%-sales', 'through field-sales'))
  end)
  wait('it is gone', function()
    return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0
  end)
end)

test('hover', function()
  local place = find('through field-sales')
  place.character = place.character + #'through fi'
  local found = ask('textDocument/hover', { position = place })
  assert(vim.inspect(found):find('field-sales', 1, true), vim.inspect(found))
end)

test('completion', function()
  local place = find('share sales')
  write(function(text)
    return (text:gsub('    share sales', '    \n    share sales'))
  end)
  local found = ask('textDocument/completion', { position = { line = place.line, character = 4 } })
  local labels = vim.tbl_map(function(item)
    return item.label
  end, found.items or found)
  assert(vim.tbl_contains(labels, 'threshold'), vim.inspect(labels))
end)

test('formatting', function()
  write(function(text)
    return (text:gsub('    through field', '  through    field'))
  end)
  vim.lsp.buf.format({ name = 'milepost', timeout_ms = PATIENCE })
  assert(find('    through field-sales').character == 0)
end)

table.insert(said, ('%d passed, %d failed'):format(passed, failed))
vim.fn.writefile(vim.split(table.concat(said, '\n'), '\n'), vim.env.MILEPOST_OUT)
vim.cmd('qall!')
