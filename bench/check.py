#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what an author waits for: the start of the program, and `muster check` of a policy of 200 criteria.
check.py MUSTER    Exits by 1 where the median of many runs is over the limit."""
import os
import pathlib
import statistics
import sys
import tempfile
import time

RUNS = 51
CRITERIA = 200


def policy():
    lines = ['ordered enum Severity { low, medium, high }', 'record Finding { severity: Severity  fixed: bool  found: date }',
             'subject Service {', '  key id: text', '  findings: list of Finding']
    lines += [f'  coverage_{n}: percent?' for n in range(CRITERIA)]
    lines += ['}', '', 'policy service for Service "Service" {']
    for n in range(CRITERIA):
        lines += [f'  must criterion_{n} "Criterion {n}" {{',
                  f'    when coverage_{n} is present else "not measured"',
                  f'    let open = count(f in findings where not f.fixed and f.severity >= medium)',
                  f'    require coverage_{n} >= {n % 100}% else "coverage is {{coverage_{n}}}"',
                  f'    require open < {n + 1} or (all f in findings where f.severity == high: f.fixed)',
                  '  }']
    return '\n'.join([*lines, '}', ''])


def milliseconds(arguments):
    """Wall time of one run, and its exit code. posix_spawn, so that Python's own fork is not in it."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    begin = time.perf_counter()
    process = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)])
    _, status = os.waitpid(process, 0)
    took = (time.perf_counter() - begin) * 1000
    os.close(nothing)
    return took, os.waitstatus_to_exitcode(status)


def measure(name, arguments, limit):
    runs = [milliseconds(arguments) for _ in range(RUNS)]
    wrong = [code for _, code in runs if code != 0]
    if wrong:
        print(f'{name}: exits by {wrong[0]}')
        return False
    times = sorted(took for took, _ in runs)
    median = statistics.median(times)
    print(f'{name:32} median {median:6.1f} ms, 10 in 100 under {times[RUNS // 10]:.1f}, 90 under {times[RUNS * 9 // 10]:.1f}'
          + (f'; limit {limit} ms' if limit else ''))
    return not limit or median < limit


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'service.muster')
        path.write_text(policy(), encoding='utf-8')
        good = measure('an empty program (/bin/true)', ['/bin/true'], None)
        good &= measure('muster --version', [muster, '--version'], 10)
        good &= measure(f'muster check, {CRITERIA} criteria', [muster, 'check', str(path)], 50)
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
