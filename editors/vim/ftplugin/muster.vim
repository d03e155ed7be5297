" SPDX-License-Identifier: Apache-2.0
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=//\ %s comments=:///,:// formatoptions+=croql formatoptions-=t
setlocal expandtab shiftwidth=2 softtabstop=2 cindent cinoptions=(s,m1,J1,j1 cinkeys-=0# cinkeys-=:
let b:undo_ftplugin = 'setlocal commentstring< comments< formatoptions< expandtab< shiftwidth< softtabstop< cindent< cinoptions< cinkeys<'
