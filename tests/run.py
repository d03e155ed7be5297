#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every test of a build folder with ctest and adds up what they count.    run.py BUILD [CTEST OPTION]...
The last line is `N passed, N failed` and, where something was skipped, `, N skipped`."""
import os
import pathlib
import re
import subprocess
import sys


def counts(output, passed):
    """(passed, failed, skipped) of one test's output; a test that counts nothing is one."""
    found = re.findall(r'^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$', output, re.M)
    if found:
        result = [int(number or 0) for number in found[-1]]
    elif ran := re.search(r'^\[={10}\] (\d+) tests? from .* ran', output, re.M):
        good = re.search(r'^\[  PASSED  \] (\d+) test', output, re.M)
        skipped = re.search(r'^\[  SKIPPED \] (\d+) test', output, re.M)
        numbers = [int(each[1]) if each else 0 for each in (good, skipped)]
        result = [numbers[0], int(ran[1]) - sum(numbers), numbers[1]]
    elif re.search(r'^skipped: ', output, re.M):
        result = [0, 0, 1]
    else:
        result = [int(passed), int(not passed), 0]
    # A program may also fail behind its last count: a leak, a crash at its end.
    if not passed and result[1] == 0:
        result[1] = 1
    return result


def main():
    build = pathlib.Path(sys.argv[1])
    log = build / 'Testing' / 'Temporary' / 'LastTest.log'
    log.unlink(missing_ok=True)
    done = subprocess.run(['ctest', '--test-dir', build, '--output-on-failure', '--no-tests=error',
                           # Random programs take their time under sanitizers.
                           '--timeout', '3600', '-j', str(os.cpu_count() or 1), *sys.argv[2:]], check=False)
    total = [0, 0, 0]
    text = log.read_text(encoding='utf-8', errors='replace') if log.exists() else ''
    for part in re.split(r'^\d+/\d+ Testing: .*$', text, flags=re.M)[1:]:
        passed = re.search(r'^Test (Passed|Skipped)\.$', part, re.M) is not None
        for reason in re.findall(r'^skipped: .*$', part, re.M):
            print(reason)
        total = [a + b for a, b in zip(total, counts(part, passed))]
    if done.returncode != 0 and total[1] == 0:
        total[1] = 1
    print(f'{total[0]} passed, {total[1]} failed' + (f', {total[2]} skipped' if total[2] else ''), flush=True)
    return 1 if total[1] else 0


if __name__ == '__main__':
    sys.exit(main())
