#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the editors' highlighting to the tables of the grammar, and to itself.    highlighting.py MUSTER"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    done = subprocess.run([sys.executable, ROOT / 'editors' / 'generate.py', '--check'], capture_output=True, text=True, check=False)
    print(done.stdout + done.stderr, end='')
    stale = done.returncode != 0
    # Every word of the tables stands in every file.
    words = re.findall(r'^MUSTER_(?:WORD|RESERVED)\((\w+)\)', (ROOT / 'grammar/rules/keywords.def').read_text(), re.M)
    missing = [f'{file}: `{word}` is not shown'
               for file in ('editors/vscode/syntaxes/muster.tmLanguage.json', 'editors/vim/syntax/muster.vim',
                            'editors/nvim/syntax/muster.vim', 'editors/emacs/muster-words.el')
               for text in [(ROOT / file).read_text()] for word in words if not re.search(rf'(?<![a-z_]){word}(?![a-z_])', text)]
    print('\n'.join(missing[:20]))
    print(f'{2 - stale - bool(missing)} passed, {stale + bool(missing)} failed')
    return 1 if stale or missing else 0


if __name__ == '__main__':
    sys.exit(main())
