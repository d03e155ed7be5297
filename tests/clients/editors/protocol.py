#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The language server with a scripted client of vscode-languageserver-protocol: protocol.mjs.    protocol.py MUSTER"""
import pathlib
import re
import sys

from client import RULES, has, run_editor, skip

HERE = pathlib.Path(__file__).resolve().parent
# What lenses count: two met, one unmet, one unknown.
SAMPLE = {
    'rules.muster': RULES + '\nsource services = ndjson "services.ndjson"\n\nbind Service from services {}\n',
    'services.ndjson': '{"id": "a", "coverage": 90}\n{"id": "b", "coverage": 80}\n{"id": "c", "coverage": 10}\n{"id": "d"}\n',
}


def main():
    script = HERE / 'protocol.mjs'
    missing = 'node is not installed' if not has('node') else \
        '' if (HERE / 'node_modules' / 'vscode-languageserver-protocol').is_dir() else \
        'npm\'s vscode-languageserver-protocol is not installed'
    if missing:
        return skip('a client of the protocol', f'{missing}: `./dev setup clients` installs it')
    steps = re.findall(r"^await step\('([^']+)'", script.read_text(encoding='utf-8'), re.M)
    return run_editor(sys.argv[1], ['node', script], steps, files=SAMPLE)


if __name__ == '__main__':
    sys.exit(main())
