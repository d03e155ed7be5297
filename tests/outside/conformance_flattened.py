#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the conformance cases that judge evidence a second time, on the one module that `muster effective` writes of
their policy: the same results, but for the policy's module and what was set. They stand outside this repository: in
the folder `conformance` of $MUSTER_SHARED, else of ../shared. Skips (exit 77) where they are not there.
conformance_flattened.py MUSTER"""
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ['core', 'deriving']
OF_THE_POLICY = ('--policy', '--set')
POLICY_ERRORS, USAGE = 3, 2
AS_OF = '2026-11-23'


def found(checked):
    return set(re.findall(r'\[(MU\d+)\]', checked.stdout))


def load(script):
    spec = importlib.util.spec_from_file_location('conformance_run', script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def split_options(words):
    """Those that choose or change the policy, and the others."""
    policy, others = [], []
    for at, word in enumerate(words):
        belongs = word in OF_THE_POLICY or (at > 0 and words[at - 1] in OF_THE_POLICY)
        (policy if belongs else others).append(word)
    return policy, others


def comparable(text):
    lines = []
    for line in text.splitlines():
        if not line.startswith('{'):
            lines.append(line)
            continue
        result = json.loads(line)
        result.pop('set', None)
        lines.append(json.dumps({**result, 'policy': ''}))
    return lines


def compare(muster, command, files):
    """A problem, '' where there is none, None where nothing is judged."""
    def call(*arguments):
        return subprocess.run([muster, *arguments], cwd=folder, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, check=False)

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            target = pathlib.Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding='utf-8')
        policy, others = split_options(command[2:])
        if '--format' not in others:
            others += ['--format', 'ndjson']
        if '--as-of' not in others:
            others += ['--as-of', AS_OF]
        was = call('eval', command[1], *policy, *others)
        if was.returncode in (POLICY_ERRORS, USAGE):
            return None
        written = call('effective', command[1], '--format', 'muster', *policy)
        if written.returncode != 0:
            return written.stderr
        flat = pathlib.Path(folder, command[1]).with_name('flat.muster')
        flat.write_text(written.stdout, encoding='utf-8')
        name = str(flat.relative_to(folder))
        # What a lint says of the policy it may say of the module, too.
        checked = call('check', name)
        if checked.returncode != 0 or not found(checked) <= found(call('check', command[1])):
            return checked.stdout
        if call('fmt', '--check', name).returncode != 0:
            return 'not formatted'
        now = call('eval', name, *others)
        if was.returncode != now.returncode or comparable(was.stdout) != comparable(now.stdout):
            return f'was {was.returncode} {was.stdout}  is {now.returncode} {now.stdout}{now.stderr}'
        return ''


def main():
    shared = pathlib.Path(os.environ.get('MUSTER_SHARED') or ROOT.parent / 'shared')
    runner = shared / 'conformance' / 'run.py'
    if not runner.is_file():
        print(f'skipped: no conformance cases in {shared}; MUSTER_SHARED names their folder')
        return 77
    read_case = load(runner).read_case
    passed, failed = 0, 0
    for path in sorted(path for folder in FOLDERS for path in (shared / 'conformance' / folder).glob('*.case')):
        command, files, _ = read_case(path)
        problem = compare(pathlib.Path(sys.argv[1]).resolve(), command, files) if command[0] == 'eval' else None
        passed, failed = passed + (problem == ''), failed + bool(problem)
        if problem:
            print(f'{path.name}: {problem}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
