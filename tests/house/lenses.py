#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the language server shows beside criteria and gates of an example is what `eval --format summary` counts, in one
process as editors start it.
lenses.py MUSTER"""
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

EXAMPLE = pathlib.Path('examples/service-maturity')
MODULE = 'maturity.muster'
AS_OF = '2026-11-23'


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        for file in EXAMPLE.iterdir():
            if file.is_file():
                pathlib.Path(folder, file.name).write_bytes(file.read_bytes())
        pathlib.Path(folder, 'muster.toml').write_text(f'[eval]\nas_of = "{AS_OF}"\n', encoding='utf-8')
        summary = json.loads(subprocess.run([muster, 'eval', MODULE, '--format', 'summary'], cwd=folder, check=False,
                                            capture_output=True, text=True).stdout)
        wanted = {}
        for name, counts in summary['criteria'].items():
            words = [f'{counts["met"]} met', f'{counts["unmet"]} unmet',
                     *(f'{counts[status]} {status}' for status in ('unknown', 'na', 'waived') if counts[status])]
            wanted[name] = ' · '.join(words)
        for name, counts in summary['gates'].items():
            words = [f'{counts["pass"]} pass', f'{counts["fail"]} fail',
                     *([f'{counts["undecided"]} undecided'] if counts['undecided'] else [])]
            wanted[name] = ' · '.join(words)
        found = lenses(muster, pathlib.Path(folder, MODULE))
    wrong = [f'{name}: the lens says {found.get(name)!r}, eval {words!r}' for name, words in wanted.items()
             if found.get(name) != words]
    for line in wrong:
        print(line)
    if len(wanted) < 10:
        wrong.append('there is hardly anything to compare')
        print(wrong[-1])
    print(f'{max(len(wanted) - len(wrong), 0)} passed, {len(wrong)} failed')
    return 1 if wrong else 0


def lenses(muster, path):
    """Asks until the sample is counted: the server says when."""
    process = subprocess.Popen([muster, 'lsp'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    # One that says nothing more is ended, and then there is nothing to read.
    patience = threading.Timer(60, process.kill)
    patience.start()

    def send(message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        process.stdin.flush()

    def read():
        length = 0
        while (line := process.stdout.readline().strip()):
            if line.startswith(b'Content-Length:'):
                length = int(line.split(b':')[1])
        if length == 0:
            sys.exit('the server says nothing more')
        return json.loads(process.stdout.read(length))

    def answer(wanted):
        while not wanted(message := read()):
            pass
        return message

    uri = path.as_uri()
    ask = {'id': 2, 'method': 'textDocument/codeLens', 'params': {'textDocument': {'uri': uri}}}
    send({'id': 1, 'method': 'initialize', 'params': {'capabilities': {'workspace': {'codeLens': {'refreshSupport': True}}}}})
    send({'method': 'initialized', 'params': {}})
    send({'method': 'textDocument/didOpen', 'params': {'textDocument': {
        'uri': uri, 'languageId': 'muster', 'version': 1, 'text': path.read_text(encoding='utf-8')}}})
    send(ask)
    answer(lambda message: message.get('method') == 'workspace/codeLens/refresh')
    send({**ask, 'id': 3})
    result = answer(lambda message: message.get('id') == 3)['result']
    send({'id': 4, 'method': 'shutdown'})
    send({'method': 'exit'})
    code = process.wait()
    patience.cancel()
    if code != 0:
        print(f'the server ended by {process.returncode}')
        return {}
    return {lens['command']['arguments'][2]: lens['command']['title'] for lens in result
            if lens['command']['command'] == 'muster.showSample'}


if __name__ == '__main__':
    sys.exit(main())
