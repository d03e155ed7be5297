#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what somebody waits for who writes policies in an editor: a project of 200 modules and 20,000 lines, keystrokes
in one module after the other, each answered with diagnostics, and completions.
editor.py MUSTER    Prints the medians, the 99th percentiles and the peak of memory, and exits by 1 where one is over
its limit."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

MODULES = 200
LINES = 20_000
KEYSTROKES = 400
WARM_UP = 5
# Milliseconds at the 99th percentile; megabytes.
MUSTS = {'diagnostics': 50, 'completion': 30, 'memory': 300}

BASE = '''/// How bad something is.
ordered enum Severity { low, medium, high, critical }

record Finding { severity: Severity  fixed: bool  found: date? }

evidence Review { score: int }
'''


def module(number):
    """A hundred lines: a team's subject, and what is asked of it. Each imports the one that is half its number."""
    lines = ['import base (Severity, Finding, Review)']
    if number:
        lines.append(f'import team_{(number - 1) // 2:03} as parent')
    lines += ['', f'/// How many people team {number} needs.', f'param least_{number}: int = 3 in 1..10', '',
              f'enum Stage{number} {{ planned, running, retired }}', '', f'subject Service{number} {{', '  key id: text',
              '  label name: text', f'  stage: Stage{number}', '  worst: Severity', '  findings: list of Finding',
              '  owner: text?', '  review: Review? fresh for 6 months', *(f'  size_{n}: int' for n in range(8)), '}', '',
              f'define open_{number}(fs: list of Finding): int = count(f in fs where not f.fixed)', '',
              f'policy review_{number} for Service{number} "Review {number}" {{', '  let calm = worst < high', '',
              '  section basics "Basics" {']
    count = 0
    while len(lines) < 93:
        lines += [f'    must check_{count} "Check {count}" {{', '      when stage == running else "not running"',
                  f'      require size_{count % 8} >= least_{number} and calm else "only {{size_{count % 8}}} are there"',
                  '      require owner is present', f'      let open = open_{number}(findings)',
                  f'      require open < {count + 1} or (all f in findings where f.severity == high: f.fixed)',
                  '      fix "Add some"', '    }']
        count += 1
    return '\n'.join([*lines, '  }', '', '  score readiness { weight must 3, should 2, may 1 }', '  gate ready { require every must }',
                      '  gate good { require ready  require readiness >= 80% }', '}', ''])


def project(folder):
    texts = {'base': BASE}
    for number in range(MODULES - 2):
        texts[f'team_{number:03}'] = module(number)
    texts['all'] = ''.join(f'import team_{number:03}\n' for number in range(MODULES - 2))
    pathlib.Path(folder, 'muster.toml').write_text('', encoding='utf-8')
    for name, text in texts.items():
        pathlib.Path(folder, f'{name}.muster').write_text(text, encoding='utf-8')
    return texts


class Client:
    def __init__(self, muster):
        self.process = subprocess.Popen([muster, 'lsp'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0

    def send(self, method, params, asks=False):
        message = {'jsonrpc': '2.0', 'method': method, 'params': params}
        if asks:
            self.asked += 1
            message['id'] = self.asked
        body = json.dumps(message).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.process.stdin.flush()
        return self.asked

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            if line.lower().startswith(b'content-length:'):
                length = int(line.split(b':')[1])
        return json.loads(self.process.stdout.read(length))

    def wait(self, wanted):
        while not wanted(message := self.read()):
            pass
        return message

    def request(self, method, params):
        number = self.send(method, params, asks=True)
        return self.wait(lambda message: message.get('id') == number and 'method' not in message)

    def peak_megabytes(self):
        status = pathlib.Path(f'/proc/{self.process.pid}/status').read_text(encoding='ascii')
        return int(next(line for line in status.splitlines() if line.startswith('VmHWM')).split()[1]) / 1024


def position(text, offset):
    return {'line': text.count('\n', 0, offset), 'character': offset - (text.rfind('\n', 0, offset) + 1)}


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def measure(muster, folder):
    texts = project(folder)
    client = Client(muster)
    client.request('initialize', {'capabilities': {}, 'rootUri': pathlib.Path(folder).as_uri()})
    client.send('initialized', {})
    chance = random.Random(7)
    names = [name for name in texts if name.startswith('team_')]
    opened, times = {}, {'diagnostics': [], 'completion': []}
    for step in range(KEYSTROKES):
        name = chance.choice(names)
        uri = pathlib.Path(folder, f'{name}.muster').as_uri()

        def told(version):
            return lambda message: (message.get('method') == 'textDocument/publishDiagnostics'
                                    and message['params']['uri'] == uri and message['params'].get('version') == version)

        if name not in opened:
            opened[name] = 1
            client.send('textDocument/didOpen', {'textDocument': {'uri': uri, 'languageId': 'muster', 'version': 1, 'text': texts[name]}})
            client.wait(told(1))
        text = texts[name]
        # A letter is typed at the end of a name, then taken away again.
        at = text.index('calm else', chance.randrange(len(text) // 2)) + len('calm')
        there = position(text, at)
        for change, mistakes in (({'range': {'start': there, 'end': there}, 'text': 'x'}, 1),
                                 ({'range': {'start': there, 'end': {**there, 'character': there['character'] + 1}}, 'text': ''}, 0)):
            opened[name] += 1
            begun = time.perf_counter()
            client.send('textDocument/didChange', {'textDocument': {'uri': uri, 'version': opened[name]}, 'contentChanges': [change]})
            found = client.wait(told(opened[name]))['params']['diagnostics']
            times['diagnostics'].append((time.perf_counter() - begun) * 1000)
            if sum('`calmx`' in each['message'] for each in found) != mistakes:
                sys.exit(f'{name}: of {mistakes} mistakes {found} is told')
        begun = time.perf_counter()
        offered = client.request('textDocument/completion', {'textDocument': {'uri': uri}, 'position': there})['result']
        times['completion'].append((time.perf_counter() - begun) * 1000)
        if 'calm' not in [item['label'] for item in (offered if isinstance(offered, list) else offered['items'])]:
            sys.exit(f'{name}: `calm` is not offered')
    peak = client.peak_megabytes()
    client.request('shutdown', None)
    client.send('exit', None)
    code = client.process.wait(timeout=60)
    return times, peak, code


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        times, peak, code = measure(muster, folder)
    good = code == 0
    for name, taken in times.items():
        taken = taken[WARM_UP:]
        late = percentile(taken, 0.99)
        good &= late < MUSTS[name]
        print(f'editor: {name:12} median {percentile(taken, 0.5):6.1f} ms, 99 in 100 under {late:6.1f} ms; limit {MUSTS[name]} ms')
    good &= peak < MUSTS['memory']
    print(f'editor: {"memory":12} {peak:6.1f} MB at most; limit {MUSTS["memory"]} MB')
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
