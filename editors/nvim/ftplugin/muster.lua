-- SPDX-License-Identifier: Apache-2.0
if vim.b.did_ftplugin then return end
vim.b.did_ftplugin = 1

vim.opt_local.commentstring = '// %s'
vim.opt_local.comments = ':///,://'
vim.opt_local.expandtab = true
vim.opt_local.shiftwidth = 2
vim.opt_local.softtabstop = 2
vim.opt_local.cindent = true
vim.opt_local.cinoptions = '(s,m1,J1,j1'
vim.opt_local.cinkeys:remove({ '0#', ':' })
vim.b.undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< cindent< cinoptions< cinkeys<'

require('muster').attach(0)
