-- SPDX-License-Identifier: Apache-2.0
-- Connects Neovim (0.7 or later) with `muster lsp`, one server for each project. ftplugin/muster.lua calls it for every
-- buffer with a policy. `require('muster').setup { ... }` before that changes how:
--   program    the program, by name or path; `muster`
--   on_attach  a function (client, buffer), for keys and the like
--   lsp        false: no server is started
local M = {}

local settings = { program = 'muster', on_attach = nil, lsp = true }
local clients = {} -- by the root of the project

function M.setup(changed) settings = vim.tbl_extend('force', settings, changed or {}) end

-- The folder of the nearest muster.toml, else the file's own.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local found = vim.fn.findfile('muster.toml', vim.fn.escape(folder, ' ;,') .. ';')
  return found == '' and folder or vim.fn.fnamemodify(found, ':p:h')
end

-- What stands above tests, criteria and gates calls these: the program in a window of its own, from the project's root.
local function run_program(uri, words)
  local file = vim.uri_to_fname(uri)
  vim.cmd('botright 15new')
  vim.fn.termopen(vim.list_extend({ settings.program }, words(file)), { cwd = root_of(file) })
end

vim.lsp.commands['muster.runTest'] = function(command)
  local uri, test = unpack(command.arguments)
  run_program(uri, function(file) return { 'test', file, '--filter', test } end)
end

vim.lsp.commands['muster.showSample'] = function(command)
  local uri, policy = unpack(command.arguments)
  run_program(uri, function(file) return { 'eval', file, '--policy', policy, '--format', 'table' } end)
end

local function on_attach(client, buffer)
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  if client.server_capabilities.codeLensProvider then
    vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost' }, {
      buffer = buffer,
      callback = function() vim.lsp.codelens.refresh() end,
    })
  end
  if settings.on_attach then settings.on_attach(client, buffer) end
end

function M.attach(buffer)
  if buffer == 0 then buffer = vim.api.nvim_get_current_buf() end
  local path = vim.api.nvim_buf_get_name(buffer)
  if not settings.lsp or path == '' or vim.bo[buffer].buftype ~= '' then return end
  if vim.fn.executable(settings.program) == 0 then
    vim.notify_once('muster: there is no program `' .. settings.program .. '`', vim.log.levels.WARN)
    return
  end
  local root = root_of(path)
  if not clients[root] then
    clients[root] = vim.lsp.start_client({
      name = 'muster',
      cmd = { settings.program, 'lsp' },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ':t') } },
      on_attach = on_attach,
      on_exit = function() clients[root] = nil end,
    })
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

return M
