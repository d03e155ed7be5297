#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the documents to what the program does.    documents.py MUSTER [--update]

In every markdown file of the repository:
- a block ```muster checks clean, on its own or as one of the fragments below;
- a block ```muster error has errors; on a page docs/codes/MUxxxx.md it has that diagnostic, error or lint;
- a block ```muster fragment only has to parse, inside whatever may stand around it;
- a block ```console shows `$ command` lines, each followed by exactly what it prints when it is run in the
  repository's root. `--update` writes what is printed now."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FENCE = re.compile(r'^```(muster|console)( [a-z]+)?[ ]*\n(.*?)^```[ ]*$', re.M | re.S)
# What a fragment may stand in.
AROUND = [
    '{}',
    'policy p for S "P" {{\n{}\n}}',
    'policy p for S "P" {{ must c "C" {{\n{}\n}} }}',
    'policy p for S "P" {{ must c "C" {{ require (\n{}\n) }} }}',
    'policy p for S "P" {{ score s {{\n{}\n}} }}',
    'policy p for S "P" {{ gate g "G" {{\n{}\n}} }}',
    'subject S {{\n{}\n}}',
    'bind S from s {{\n{}\n}}',
    'test "t" for p as of 2026-01-01 {{\n{}\n}}',
]


class Documents:
    def __init__(self, muster, update):
        self.muster, self.update = pathlib.Path(muster).resolve(), update
        self.passed = self.failed = self.rewritten = 0
        # The program may have any name; documents call it muster.
        self.folder = tempfile.TemporaryDirectory()
        pathlib.Path(self.folder.name, 'muster').symlink_to(self.muster)

    def run(self):
        listed = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'],
                                cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for path in sorted(name for name in listed.split('\0') if name and (ROOT / name).is_file()):
            self.check_file(ROOT / path)
        if self.rewritten:
            print(f'{self.rewritten} rewritten')
        print(f'{self.passed} passed, {self.failed} failed')
        return 1 if self.failed else 0

    def check_file(self, path):
        # The line ends of CSV are part of what is printed.
        with open(path, encoding='utf-8', newline='') as file:
            text = file.read()

        def check(block):
            where = f'{path.relative_to(ROOT)}:{text.count(chr(10), 0, block.start()) + 1}'
            language, kind, body = block[1], (block[2] or '').strip(), block[3]
            if language == 'console':
                shown = self.run_console(body)
                if shown != body and self.update:
                    self.rewritten += 1
                    return block[0].replace(body, shown)
                return self.tell(where, block[0], '' if shown == body else f'shows\n{body}but it is\n{shown}')
            check_block = {'': self.check_clean, 'error': self.check_error, 'fragment': self.check_fragment}.get(kind)
            problem = check_block(body, path) if check_block else f'no block is called `muster {kind}`'
            return self.tell(where, block[0], problem)

        updated = FENCE.sub(check, text)
        if updated != text:
            path.write_text(updated, encoding='utf-8', newline='')

    def tell(self, where, block, problem):
        self.passed += not problem
        self.failed += bool(problem)
        if problem:
            print(f'{where}: {problem}')
        return block

    def call(self, arguments, text):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, 'main.muster').write_text(text, encoding='utf-8')
            done = subprocess.run([self.muster, *arguments], cwd=folder, input=text.encode(), capture_output=True, timeout=60, check=False)
        return done.returncode, (done.stdout + done.stderr).decode(errors='replace')

    def check_clean(self, body, path):
        code, shown = self.call(['check', 'main.muster', *self.selection(path)], body)
        told = f'[{path.stem}]' in shown
        return '' if code == 0 and not told else f'does not check clean:\n{shown}'

    @staticmethod
    def selection(path):
        """Some lints are found on request alone."""
        return ['--select', path.stem] if re.fullmatch(r'MU1\d+', path.stem) else []

    def check_error(self, body, path):
        code, shown = self.call(['check', 'main.muster', *self.selection(path)], body)
        wanted = f'[{path.stem}]' if re.fullmatch(r'MU\d+', path.stem) else 'error['
        lint = path.stem.startswith('MU1')
        return '' if code == (0 if lint else 1) and wanted in shown else f'should report {wanted}:\n{shown or "it checks clean"}'

    def check_fragment(self, body, _):
        for around in AROUND:
            code, shown = self.call(['fmt', '-'], around.format(body.strip('\n')))
            if code == 0:
                return ''
        return f'does not parse, whatever stands around it:\n{body}'

    def run_console(self, body):
        environment = {**os.environ, 'PATH': f'{self.folder.name}:{os.environ["PATH"]}', 'NO_COLOR': '1', 'COLUMNS': '100'}
        shown = ''
        for command in re.findall(r'^\$ (.*)$', body, re.M):
            done = subprocess.run(['bash', '-c', command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
            shown += f'$ {command}\n{done.stdout.decode(errors="replace")}'
        return shown


if __name__ == '__main__':
    sys.exit(Documents(sys.argv[1], '--update' in sys.argv[2:]).run())
