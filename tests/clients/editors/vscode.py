#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The extension for VS Code: it packs with all that it names, and its snippets are Muster.    vscode.py MUSTER"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from client import ROOT, has, skip

FOLDER = ROOT / 'editors' / 'vscode'
# What a snippet may stand in.
AROUND = ['{}', 'policy p for S "P" {{\n{}\n}}', 'test "t" for p as of 2026-01-01 {{\n{}\n}}']


def expanded(body):
    """A snippet as it stands with its defaults."""
    text = re.sub(r'\$\{\d+\|([^,|}]*)[^}]*\|\}', r'\1', '\n'.join(body))
    return re.sub(r'\$\d+', '', re.sub(r'\$\{\d+:([^}]*)\}', r'\1', text))


def check_snippets(muster):
    for name, snippet in json.loads((FOLDER / 'snippets' / 'muster.json').read_text()).items():
        text = expanded(snippet['body'])
        codes = [subprocess.run([muster, 'fmt', '-'], input=around.format(text), capture_output=True, text=True, check=False).returncode
                 for around in AROUND]
        if 0 not in codes:
            yield f'the snippet `{name}` doesn\'t parse:\n{text}'


def check_package():
    with tempfile.TemporaryDirectory() as folder:
        packed = pathlib.Path(folder, 'muster.vsix')
        done = subprocess.run(['npm', 'run', '--silent', 'package', '--', '--out', packed], cwd=FOLDER, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
        if done.returncode or not packed.is_file():
            yield f'vsce failed:\n{done.stdout}'
            return
        with zipfile.ZipFile(packed) as archive:
            names = set(archive.namelist())
    manifest = json.loads((FOLDER / 'package.json').read_text())
    contributed = manifest['contributes']
    named = [manifest['main'], *(each['configuration'] for each in contributed['languages']),
             *(each['path'] for each in contributed['grammars'] + contributed['snippets']),
             './node_modules/vscode-languageclient/package.json', './node_modules/vscode-jsonrpc/package.json']
    for name in named:
        if 'extension/' + name.removeprefix('./') not in names:
            yield f'{name} is not in the package'


def check_client():
    done = subprocess.run(['node', '-e', 'require.resolve("vscode-languageclient/node")'], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f'the client is not found:\n{done.stderr}'
    done = subprocess.run(['node', '--check', 'extension.js'], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        yield done.stderr


def main():
    if not has('node', 'npm'):
        return skip('vscode', 'node is not installed: `./dev setup clients` installs it')
    if not (FOLDER / 'node_modules' / '@vscode' / 'vsce').is_dir():
        return skip('vscode', 'vsce is not installed: `./dev setup clients` installs it')
    failed = 0
    checks = [check_snippets(pathlib.Path(sys.argv[1]).resolve()), check_package(), check_client()]
    for check in checks:
        problems = list(check)
        failed += bool(problems)
        for problem in problems:
            print(problem)
    print(f'{len(checks) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
