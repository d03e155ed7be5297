#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Emacs with editors/emacs and eglot, in batch, against `muster lsp`.    emacs.py MUSTER"""
import pathlib
import subprocess
import sys

from client import ROOT, has, run_editor, skip

HERE = pathlib.Path(__file__).resolve().parent
STEPS = ['knows the type of the file', 'highlights words', 'highlights every reserved word', 'indents',
         'leaves what is formatted as it is', 'starts the server', 'shows the mistake', 'takes it away when it is mended',
         'hovers', 'renames over files', 'formats']


def main():
    if not has('emacs'):
        return skip('emacs', 'emacs is not installed: `./dev setup clients` installs it')
    if subprocess.run(['emacs', '--batch', '--eval', "(require 'eglot)"], capture_output=True, check=False).returncode:
        return skip('emacs', 'eglot is not installed: `./dev setup clients` installs it')
    return run_editor(sys.argv[1], ['emacs', '--batch', '-L', f'{ROOT}/editors/emacs', '-l', 'muster-mode', '-l', f'{HERE}/emacs.el'], STEPS)


if __name__ == '__main__':
    sys.exit(main())
