#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the conformance cases of the language, which stand outside this repository: in the folder `conformance`
of $MUSTER_SHARED, else of ../shared. Skips (exit 77) where they are not there.    conformance.py MUSTER"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ['core', 'deriving']


def main():
    shared = pathlib.Path(os.environ.get('MUSTER_SHARED') or ROOT.parent / 'shared')
    runner = shared / 'conformance' / 'run.py'
    if not runner.is_file():
        print(f'skipped: no conformance cases in {shared}; MUSTER_SHARED names their folder')
        return 77
    return subprocess.run([sys.executable, runner, sys.argv[1], *FOLDERS], check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
