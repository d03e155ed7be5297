#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the benchmark to what it promises, without a clock: its data are the same everywhere, its policies check, and
verdicts are those of the same criteria in JavaScript (that part needs Node).    benchmark.py MUSTER"""
import pathlib
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parents[2] / 'bench' / 'bench.py'

if __name__ == '__main__':
    sys.exit(subprocess.run([sys.executable, BENCH, sys.argv[1], '--quick'], check=False).returncode)
