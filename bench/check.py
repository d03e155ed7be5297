#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what an author waits for: the start of the program, and `muster check` of a policy of 200 criteria and of a
chain of five policies over 500.
check.py MUSTER    Exits by 1 where the median of many runs is over the limit."""
import pathlib
import statistics
import sys
import tempfile

import measure

RUNS = 51
CRITERIA = 200
CHAINED = 500


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


def chain(folder):
    """Five modules, each of which derives from the one before: 500 criteria, then deltas of every kind and 20 more."""
    lines = [f'param least_{n}: int = 5 in 0..100' for n in range(100)] + ['subject Service {', '  key id: text']
    lines += [f'  size_{n}: int\n  ready_{n}: bool?' for n in range(CHAINED)] + ['}', '', 'policy p for Service "P" {']
    for n in range(CHAINED):
        lines += ([] if n % 50 else ['  }'] * (n > 0) + [f'  section s_{n // 50} "Section" {{']) + [
            f'    {("must", "should", "may")[n % 3]} c_{n} "Criterion {n}" {{',
            f'      when size_{n} >= 0 else "none"',
            f'      require ready_{n} is present else "nobody knows"',
            f'      let twice = size_{n} * 2',
            f'      require twice >= least_{n % 100} and ready_{n} else "{{twice}} is under {{least_{n % 100}}}"',
            f'      fix "Raise it"  owner "team {n % 7}"  tags t_{n % 5}',
            '    }']
    lines += ['  }', '  score readiness { weight must 3, should 2, may 1 }', '  gate ready { require every must }',
              '  gate good { require ready  require readiness >= 80% }', '  levels steps { ready good }', '}', '']
    pathlib.Path(folder, 'm_0.muster').write_text('\n'.join(lines), encoding='utf-8')
    for step in range(1, 5):
        at = step * 100
        lines = [f'import m_{step - 1}', '', f'policy p extends m_{step - 1}.p "P {step}" {{']
        lines += [f'  set least_{step * 10 + n} = {5 + step}' for n in range(10)]
        lines += [f'  tighten c_{at + n} {{ require size_{at + n} <= {1000 - step} }}' for n in range(40)]
        lines += [f'  drop c_{at + 50 + n} because "not ours"' for n in range(5)]
        lines += [f'  replace c_{at + 60 + n} because "ours" {{ require size_{at + 60 + n} >= least_{n} }}' for n in range(5)]
        lines += [f'  section s_{step} {{', *(f'    must n_{step}_{n} "New" {{ require size_{n} >= 1 }}' for n in range(20)), '  }']
        pathlib.Path(folder, f'm_{step}.muster').write_text('\n'.join([*lines, '}', '']), encoding='utf-8')
    return str(pathlib.Path(folder, 'm_4.muster'))


def within(name, arguments, limit):
    runs = [measure.run(arguments) for _ in range(RUNS)]
    wrong = [run.code for run in runs if run.code != 0]
    if wrong:
        print(f'{name}: exits by {wrong[0]}')
        return False
    times = sorted(run.seconds * 1000 for run in runs)
    median = statistics.median(times)
    print(f'{name:32} median {median:6.1f} ms, 10 in 100 under {times[RUNS // 10]:.1f}, 90 under {times[RUNS * 9 // 10]:.1f}'
          + (f'; limit {limit} ms' if limit else ''))
    return not limit or median < limit


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'service.muster')
        path.write_text(policy(), encoding='utf-8')
        good = within('an empty program (/bin/true)', ['/bin/true'], None)
        good &= within('muster --version', [muster, '--version'], 10)
        good &= within(f'muster check, {CRITERIA} criteria', [muster, 'check', str(path)], 50)
        good &= within(f'muster check, 5 policies over {CHAINED}', [muster, 'check', chain(folder)], 100)
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
