-- SPDX-License-Identifier: Apache-2.0
-- What neovim.py has Neovim do. Each step is told as it ends; the first that fails ends all.
local told = io.open(os.getenv('MUSTER_STEPS'), 'a')

local function step(name, run)
  local ok, problem = pcall(run)
  told:write((ok and 'ok ' or 'not ok ') .. name .. (ok and '' or ': ' .. tostring(problem):gsub('\n', ' ')) .. '\n')
  told:flush()
  if not ok then vim.cmd('cquit!') end
end

local function wait_for(what, holds)
  if not vim.wait(20000, holds, 20) then error(what .. ' did not come') end
end

local function errors() return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) end
local function text(buffer) return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') end

-- Puts the cursor onto a word of line `line`, from 1.
local function onto(line, word)
  local column = vim.api.nvim_buf_get_lines(0, line - 1, line, true)[1]:find(word, 1, true)
  vim.api.nvim_win_set_cursor(0, { line, column })
end

step('knows the type of the file', function()
  assert(vim.bo.filetype == 'muster', 'filetype is ' .. vim.bo.filetype)
  assert(vim.bo.commentstring == '// %s', 'commentstring is ' .. vim.bo.commentstring)
end)

step('highlights words', function()
  local function group(line, column) return vim.fn.synIDattr(vim.fn.synID(line, column, 1), 'name') end
  assert(group(6, 1) == 'musterDeclarations', '`policy` is ' .. group(6, 1))
  assert(group(8, 5) == 'musterClauses', '`require` is ' .. group(8, 5))
  assert(group(3, 1) == 'musterDocumentation', '`///` is ' .. group(3, 1))
  assert(group(6, 26) == 'musterText', 'the title is ' .. group(6, 26))
end)

-- In the sample each word of the language stands somewhere.
step('highlights every reserved word', function()
  local shown = { musterLogical = true, musterConditional = true, musterConstant = true }
  local words = {}
  for line in io.lines(os.getenv('MUSTER_ROOT') .. '/grammar/rules/keywords.def') do
    local word = line:match('^MUSTER_RESERVED%(([%l_]+)%)')
    if word then words[word] = 0 end
  end
  vim.cmd('split ' .. os.getenv('MUSTER_ROOT') .. '/tests/grammar/sample.muster')
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    for before, word, behind in line:gmatch('()([%l_]+)()') do
      local group = vim.fn.synIDattr(vim.fn.synID(number, before, 1), 'name')
      local is_name = line:sub(1, before - 1):find('%.$') or line:sub(behind):find('^%s*:') or line:sub(behind):find('^[%s%w_.]*<%-')
      local is_text = group:find('Text$') or group:find('Comment$') or group:find('Documentation$') or group:find('Quoted$')
        or group:find('Interpolation$')
      if words[word] and not is_name and not is_text then
        words[word] = words[word] + 1
        assert(shown[group], 'line ' .. number .. ': `' .. word .. '` is ' .. group)
      end
    end
  end
  vim.cmd('close')
  for word, seen in pairs(words) do assert(seen > 0, '`' .. word .. '` was not seen') end
  assert(next(words), 'no word is reserved')
end)

step('starts the server', function()
  wait_for('the server', function() return #vim.lsp.buf_get_clients(0) > 0 end)
end)

step('shows the mistake', function()
  wait_for('a diagnostic', function() return #errors() > 0 end)
  local found = errors()
  assert(#found == 1, #found .. ' errors')
  assert(found[1].lnum == 7 and found[1].col == 24, 'it stands at ' .. found[1].lnum .. ':' .. found[1].col)
  assert(found[1].message:find('min_covrage', 1, true), found[1].message)
end)

step('takes it away when it is mended', function()
  vim.api.nvim_buf_set_text(0, 7, 24, 7, 35, { 'min_coverage' })
  wait_for('a clean file', function() return #errors() == 0 end)
end)

step('hovers', function()
  onto(8, 'min_coverage')
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 20000)
  local _, answer = next(answers or {})
  assert(answer and answer.result, 'no answer')
  local lines = table.concat(vim.lsp.util.convert_input_to_markdown_lines(answer.result.contents), '\n')
  assert(lines:find('How much of the code', 1, true), lines)
  assert(lines:find('percent', 1, true), lines)
end)

step('renames over files', function()
  onto(8, 'min_coverage')
  vim.lsp.buf.rename('least_coverage')
  wait_for('the new name', function() return not text(0):find('min_coverage', 1, true) end)
  local _, count = text(0):gsub('least_coverage', '')
  assert(count == 2, count .. ' times in rules.muster')
  local other = vim.fn.bufnr('rules_test.muster')
  assert(other > 0, 'rules_test.muster was not changed')
  _, count = text(other):gsub('least_coverage', '')
  assert(count == 2 and not text(other):find('min_coverage', 1, true), count .. ' times in rules_test.muster')
end)

step('formats', function()
  vim.api.nvim_buf_set_text(0, 7, 0, 7, 4, { '' })
  vim.lsp.buf.formatting_sync(nil, 20000)
  local line = vim.api.nvim_buf_get_lines(0, 7, 8, true)[1]
  assert(line:find('^    require '), line)
end)

step('runs a test from the line above it', function()
  vim.cmd('silent wall')
  vim.cmd('edit rules_test.muster')
  wait_for('the server', function() return #vim.lsp.buf_get_clients(0) > 0 end)
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeLens', { textDocument = vim.lsp.util.make_text_document_params() }, 20000)
  local _, answer = next(answers or {})
  local lens = vim.tbl_filter(function(each) return each.command.command == 'muster.runTest' end, answer and answer.result or {})[1]
  assert(lens, 'nothing stands above the test')
  vim.lsp.commands[lens.command.command](lens.command)
  assert(vim.bo.buftype == 'terminal', 'buftype is ' .. vim.bo.buftype)
  wait_for('its result', function() return text(0):find('1 passed, 0 failed', 1, true) end)
end)

told:close()
vim.cmd('qall!')
