#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Neovim with editors/nvim, without a screen, against `muster lsp`.    neovim.py MUSTER"""
import pathlib
import sys

from client import ROOT, has, run_editor, skip

HERE = pathlib.Path(__file__).resolve().parent
STEPS = ['knows the type of the file', 'highlights words', 'highlights every reserved word', 'starts the server', 'shows the mistake', 'takes it away when it is mended',
         'hovers', 'renames over files', 'formats', 'runs a test from the line above it']


def main():
    if not has('nvim'):
        return skip('neovim', 'nvim is not installed: `./dev setup clients` installs it')
    return run_editor(sys.argv[1], ['nvim', '--headless', '-u', 'NONE', '-i', 'NONE', '-n', '--cmd', f'set runtimepath^={ROOT}/editors/nvim',
                                    '--cmd', 'filetype plugin indent on', '--cmd', 'syntax on', '-c', f'luafile {HERE}/neovim.lua', 'rules.muster'], STEPS)


if __name__ == '__main__':
    sys.exit(main())
