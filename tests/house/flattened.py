#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds `muster effective --format muster` to the examples and the library.    flattened.py MUSTER

Every policy that an example declares, and std.golive, is written as one module beside its own. That module must check
without a finding, be formatted, and judge the same evidence to the same bytes, but for the policy's module."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_OF = '2026-11-23'
LIBRARY = [('std.golive', 'go-live', ['--data', 'ready.json'])]


class Flattened:
    def __init__(self, muster, examples):
        self.muster, self.examples = muster, examples
        self.passed, self.failures = 0, []

    def call(self, folder, *arguments):
        return subprocess.run([self.muster, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, check=False)

    def compare(self, module, folder, options=()):
        policy = ['--policy', options[1]] if options[:1] == ('--policy',) else []
        data = [each for each in options if each not in policy]
        where = f'{module} in {folder.name} {" ".join(policy)}'.strip()
        written = self.call(folder, 'effective', module, '--format', 'muster', *policy)
        if written.returncode != 0:
            return self.tell(where, written.stderr)
        flat = folder / 'flat_of_this.muster'
        flat.write_text(written.stdout, encoding='utf-8')
        checked = self.call(folder, 'check', flat.name)
        formatted = self.call(folder, 'fmt', '--check', flat.name)
        run = ['--as-of', AS_OF, '--format', 'ndjson', *data]
        was = self.call(folder, 'eval', module, *run, *policy)
        now = self.call(folder, 'eval', flat.name, *run)
        flat.unlink()
        anonymous = [re.sub(r'"policy":"[^"]*"', '"policy":""', each.stdout) for each in (was, now)]
        problem = (checked.stdout if checked.returncode != 0 or '1 file, nothing found' not in checked.stdout else
                   'not formatted' if formatted.returncode != 0 else
                   f'nothing is judged: {was.stderr}' if '"subject"' not in was.stdout else
                   f'ends with {now.returncode}, not {was.returncode}: {now.stderr}' if was.returncode != now.returncode else
                   first_difference(*anonymous))
        return self.tell(where, problem)

    def tell(self, where, problem):
        self.passed += not problem
        if problem:
            self.failures.append(f'{where}: {problem}')

    def run(self):
        for module in sorted(self.examples.rglob('*.muster')):
            text = module.read_text(encoding='utf-8')
            policies = re.findall(r'^policy (\w+)', text, re.M)
            if not policies and not re.search(r'^bind ', text, re.M):
                continue  # tests and declarations
            for policy in policies or [None]:
                self.compare(module.name, module.parent, ('--policy', policy) if policy else ())
        for module, example, data in LIBRARY:
            self.compare(module, self.examples / example, tuple(data))


def first_difference(was, now):
    for left, right in zip(was.splitlines(), now.splitlines()):
        if left != right:
            return f'was {left}\n  is {right}'
    return '' if was == now else 'another number of results'


def main():
    with tempfile.TemporaryDirectory() as folder:
        examples = pathlib.Path(folder, 'examples')
        shutil.copytree(ROOT / 'examples', examples)
        flattened = Flattened(pathlib.Path(sys.argv[1]).resolve(), examples)
        flattened.run()
    for failure in flattened.failures:
        print(failure)
    print(f'{flattened.passed} passed, {len(flattened.failures)} failed')
    return 1 if flattened.failures or not flattened.passed else 0


if __name__ == '__main__':
    sys.exit(main())
