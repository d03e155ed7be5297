#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the tests of deriving policies to their deltas.    deltas.py MUSTER

Each delta of a policy in examples/ that extends another is taken out in turn; then a test of the example in the language
must fail. Of what no status, gate, score or level depends on there is nothing to test: a lock, and another owner, fix,
why or see."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# As `muster fmt` lays policies out.
POLICY = re.compile(r'^policy \w+ extends .*?^\}\n', re.M | re.S)
DELTA = re.compile(r'^  (?:set|tighten|promote|demote|amend|replace|drop) .*\n(?:    .*\n|\n(?=    )|  \}\n)*', re.M)
WORDS = re.compile(r'^  amend \w+ \{\s*(?:(?:owner|fix|why|see) (?:"[^"\n]*"\s*)+)+\}\n$')


def deltas_of(text):
    for policy in POLICY.finditer(text):
        yield from DELTA.finditer(text, policy.start(), policy.end())


def without(muster, module, delta):
    """What `muster test` says of the example when this delta is taken out of the module."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, 'example')
        shutil.copytree(module.parent, copy)
        text = module.read_text(encoding='utf-8')
        (copy / module.name).write_text(text[:delta.start()] + text[delta.end():], encoding='utf-8')
        done = subprocess.run([muster, 'test', copy], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for module in sorted((ROOT / 'examples').glob('*/*.muster')):
        for delta in deltas_of(module.read_text(encoding='utf-8')):
            if WORDS.match(delta[0]):
                continue
            said = without(muster, module, delta)
            # A module that does not check any more would fail whatever its tests say.
            good = '\n✗ ' in '\n' + said and 'error[' not in said
            passed += good
            failed += not good
            if not good:
                print(f'{module.relative_to(ROOT)}: no test fails without `{" ".join(delta[0].split())[:80]}`')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
