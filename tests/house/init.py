#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `muster init` writes is a project that is in order, and nothing of what was there before is lost.
    init.py MUSTER"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Tests:
    def __init__(self, muster):
        self.muster = pathlib.Path(muster).resolve()
        self.passed = self.failed = 0

    def run(self, folder, *arguments, wanted=0):
        done = subprocess.run([self.muster, *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        self.tell(f'muster {" ".join(arguments)}', done.returncode == wanted, f'ends with {done.returncode}:\n{done.stdout}{done.stderr}')
        return done

    def tell(self, what, holds, why=''):
        self.passed += holds
        self.failed += not holds
        if not holds:
            print(f'{what}: {why}')


def files_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob('*')) if path.is_file()}


def main():
    tests = Tests(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tests.run(folder, 'init', 'new/project')
        project = folder / 'new' / 'project'
        written = files_below(project)
        tests.tell('what is written', written == files_below(ROOT / 'starter' / 'project'), f'{sorted(written)}')

        tests.run(project, 'check', '--deny', 'warnings', '.')
        tests.run(project, 'fmt', '--check', '.')
        tested = tests.run(project, 'test', '--coverage', '--min', '100%', '.')
        tests.tell('the tests', re.search(r'^([1-9]\d*) passed, 0 failed$', tested.stdout, re.M) is not None, tested.stdout)
        judged = tests.run(project, 'eval', 'readiness.muster', '--as-of', '2026-11-23', '--format', 'summary', wanted=1)
        summary = json.loads(judged.stdout)
        verdicts = summary['gates']['ready']
        tests.tell('every verdict is there', all(verdicts[each] > 0 for each in ('pass', 'fail', 'undecided')), f'{verdicts}')
        statuses = [sum(each[status] for each in summary['criteria'].values()) for status in ('met', 'unmet', 'unknown', 'na')]
        tests.tell('every status is there', all(statuses), f'{summary["criteria"]}')
        table = tests.run(project, 'eval', 'readiness.muster', '--as-of', '2026-11-23', '--format', 'table', wanted=1).stdout
        tests.tell('the table', 'restoring took 6 hours' in table and 'support is missing' in table, table)

        # The workflow calls commands that are there, with what they take.
        workflow = written['.github/workflows/muster.yml'].decode()
        commands = re.findall(r'^        run: muster (.*)$', workflow, re.M)
        tests.tell('the workflow', len(commands) == 4, f'{commands}')
        for command in commands:
            tests.run(project, *command.split())

        # A second time changes nothing, whatever of it is there.
        again = tests.run(project, 'init', wanted=2)
        tests.tell('what is there is named', all(f'`{path}`' in again.stderr for path in written), again.stderr)
        for path in written:
            only = folder / ('only-' + path.replace('/', '-'))
            (only / path).parent.mkdir(parents=True)
            (only / path).write_text('mine')
            refused = tests.run(only, 'init', wanted=2)
            tests.tell(f'{path} alone', f'`{path}` is there already' in refused.stderr and files_below(only) == {path: b'mine'}, refused.stderr)
        dangling = folder / 'dangling'
        dangling.mkdir()
        (dangling / 'muster.toml').symlink_to(folder / 'nowhere')
        tests.run(dangling, 'init', wanted=2)
        tests.tell('a link that leads nowhere', not (folder / 'nowhere').exists(), 'was written through')
        beside = folder / 'beside'
        beside.mkdir()
        (beside / 'notes.txt').write_text('mine')
        tests.run(beside, 'init', '.')
        tests.tell('files beside', files_below(beside) == {**written, 'notes.txt': b'mine'}, f'{sorted(files_below(beside))}')
        (folder / 'file').write_text('')
        tests.run(folder, 'init', 'file', wanted=2)
        tests.run(folder, 'init', 'file/below', wanted=2)
    print(f'{tests.passed} passed, {tests.failed} failed')
    return 1 if tests.failed else 0


if __name__ == '__main__':
    sys.exit(main())
