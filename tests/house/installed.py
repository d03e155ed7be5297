#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `cmake --install` puts into a folder works there, with the plug-in where it was built.    installed.py MUSTER"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
JIT = pathlib.Path('lib', 'muster', 'libmuster_jit.so')
POLICY = ['eval', 'examples/first-steps/partners.muster', '--as-of', '2026-11-23', '--format', 'ndjson']


def run(program, *arguments):
    done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def problems(built, folder):
    done = subprocess.run(['cmake', '--install', built.parent, '--prefix', folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f'cmake --install: {done.stderr}'
        return
    has_jit = (built.parent / JIT.name).exists()
    wanted = {pathlib.Path('bin', 'muster')} | ({JIT} if has_jit else set())
    seen = {path.relative_to(folder) for path in folder.rglob('*') if path.is_file()}
    yield '' if seen == wanted else f'installed {sorted(map(str, seen))}, not {sorted(map(str, wanted))}'
    installed = folder / 'bin' / 'muster'
    about = run(installed, 'doctor')[1]
    yield '' if (f', {folder / JIT}\n' in about) == has_jit else f'the plug-in is not found where it was installed:\n{about}'
    yield '' if run(installed, *POLICY) == run(built, *POLICY) else 'it judges otherwise than where it was built'
    if has_jit:
        # Without it somebody is told that another engine goes on.
        yield '' if run(installed, *POLICY, '--engine', 'jit') == run(installed, *POLICY) else 'the JIT is not taken'


def main():
    built = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(built, pathlib.Path(folder).resolve()))
    for problem in filter(None, found):
        print(problem)
    failed = sum(map(bool, found))
    print(f'{len(found) - failed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
