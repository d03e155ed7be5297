#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks shells to complete command lines with what `muster completions` writes: bash for each command and option that
`--help` names; zsh and fish, where they are installed, whether they read it, and fish for some lines.
    completions.py MUSTER"""
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

COMPLETE = r'''
source "$1"
COMP_WORDS=("${@:2}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { :; }
_muster
printf '%s\n' "${COMPREPLY[@]}"
'''


class Tests:
    def __init__(self, muster, folder):
        self.muster, self.folder = pathlib.Path(muster).resolve(), pathlib.Path(folder)
        self.passed = self.failed = 0
        self.scripts = {}
        for shell in ('bash', 'zsh', 'fish'):
            self.scripts[shell] = self.folder / f'completions.{shell}'
            self.scripts[shell].write_text(self.muster_says('completions', shell))

    def muster_says(self, *arguments):
        return subprocess.run([self.muster, *arguments], cwd=self.folder, capture_output=True, text=True, check=True).stdout

    def tell(self, what, holds, why=''):
        self.passed += holds
        self.failed += not holds
        if not holds:
            print(f'{what}: {why}')

    def bash(self, *words):
        done = subprocess.run(['bash', '--norc', '-c', COMPLETE, 'bash', self.scripts['bash'], 'muster', *words], cwd=self.folder,
                              capture_output=True, text=True, timeout=20, check=False)
        if done.returncode or done.stderr:
            return [f'bash ends with {done.returncode}: {done.stderr}']
        return done.stdout.split('\n')[:-1]

    def expect(self, words, wanted):
        found = self.bash(*words)
        self.tell(f'bash completes {shlex.join(words)}', sorted(filter(None, found)) == sorted(wanted), f'{found}, not {wanted}')


def options_of(text):
    """What `--help` of a command says: option -> its values, or nothing."""
    found = {}
    for name, value in re.findall(r'^  (--[a-z-]+)(?: (\S+))?', text.partition('\noptions:\n')[2], re.M):
        found[name] = value.split('|') if '|' in value and value.islower() else []
    return found


def check_bash(tests):
    overview = tests.muster_says('--help')
    commands = re.findall(r'^  ([a-z]+) ', overview.partition('commands:\n')[2].partition('\n\n')[0], re.M)
    tests.tell('commands are listed', len(commands) > 8, overview)
    tests.expect([''], [*commands, '--help', '--version'])
    tests.expect(['ev'], ['eval'])
    for command in commands:
        options = options_of(tests.muster_says(command, '--help'))
        tests.expect([command, '--'], [*options, '--help'])
        for option, values in options.items():
            if values:
                tests.expect([command, option, ''], values)
                # As bash takes `--option=value` apart.
                tests.expect([command, option, '='], values)
                tests.expect([command, option, '=', values[0][:2]], [value for value in values if value.startswith(values[0][:2])])
    tests.expect(['completions', ''], ['bash', 'fish', 'zsh'])
    codes = re.findall(r'^MU\d+', tests.muster_says('codes'), re.M)
    tests.expect(['codes', ''], codes)
    # Errors can be neither selected nor ignored.
    warnings = re.findall(r'^(MU\d+) +warning', tests.muster_says('codes'), re.M)
    tests.tell('some codes are warnings', 20 < len(warnings) < len(codes), f'{warnings}')
    for option in ('--ignore', '--select'):
        tests.expect(['check', option, ''], warnings)

    for name in ('a policy.muster', 'b.muster', 'data.csv'):
        (tests.folder / name).touch()
    (tests.folder / 'folder').mkdir()
    tests.expect(['eval', 'a'], ['a policy.muster'])
    tests.expect(['check', 'b.muster', ''], ['a policy.muster', 'b.muster', 'folder'])
    tests.expect(['eval', 'b.muster', '--data', 'd'], ['data.csv'])
    tests.expect(['init', ''], ['folder'])
    tests.expect(['eval', 'b.muster', '--policy', ''], [])


def check_others(tests):
    skipped = 0
    for shell, arguments in (('bash', ['-n']), ('zsh', ['-n']), ('fish', ['--no-execute'])):
        if not shutil.which(shell):
            print(f'skipped: completions: {shell} is not installed: `./dev setup clients` installs it')
            skipped += 1
            continue
        done = subprocess.run([shell, *arguments, tests.scripts[shell]], capture_output=True, text=True, timeout=20, check=False)
        tests.tell(f'{shell} reads it', done.returncode == 0 and not done.stderr, done.stderr)
    if shutil.which('fish'):
        for line, wanted in (('muster eval --engine in', 'interpreter'), ('muster ev', 'eval'), ('muster codes MU0206', 'MU0206'),
                             ('muster test --cov', '--coverage'), ('muster check b', 'b.muster'),
                             ('muster check --format ', 'sarif'), ('muster check --select MU10', 'MU1002'),
                             ('muster check --ignore MU0206', None), ('muster eval b.muster --data d', 'data.csv'), ('muster eval b.muster --gate d', None)):
            done = subprocess.run(['fish', '--no-config', '-c', f'source {tests.scripts["fish"]}; complete -C {shlex.quote(line)}'],
                                  cwd=tests.folder, env={'PATH': '/usr/bin:/bin', 'HOME': str(tests.folder)}, capture_output=True, text=True,
                                  timeout=20, check=False)
            found = [each.split('\t')[0] for each in done.stdout.splitlines()]
            tests.tell(f'fish completes {line}', wanted in found if wanted else not found, f'{found} {done.stderr}')
            files = [each for each in found if (tests.folder / each).exists()]
            tests.tell(f'fish offers files for {line} where it should', bool(files) == (wanted in files), f'{found}')
    if shutil.which('zsh'):
        done = subprocess.run(['zsh', '-f', '-c', f'autoload -U compinit; compinit -D; source {tests.scripts["zsh"]}; print -r -- $_comps[muster]'],
                              env={'PATH': '/usr/bin:/bin', 'HOME': str(tests.folder)}, capture_output=True, text=True, timeout=20, check=False)
        tests.tell('zsh takes it in', done.stdout == '_muster\n' and not done.stderr, done.stdout + done.stderr)
    return skipped


def main():
    with tempfile.TemporaryDirectory() as folder:
        tests = Tests(sys.argv[1], folder)
        check_bash(tests)
        skipped = check_others(tests)
    print(f'{tests.passed} passed, {tests.failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if tests.failed else 0


if __name__ == '__main__':
    sys.exit(main())
