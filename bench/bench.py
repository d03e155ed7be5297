#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures Muster beside its peers, and says which of the figures that its engine is held to are met.

    bench.py MUSTER [--only GROUP]... [--megabytes N] [--runs N] [--memory-subjects N] [--folder DIR] [--write]
    bench.py MUSTER --quick

GROUP is peers, columns, workloads, start or memory. MUSTER is a program that was built with its neighbours
bench_generate, bench_peak and bench_columns.
--write puts the report into bench/RESULTS.md. --quick judges a few subjects of every workload and compares the verdicts
with those of JavaScript, without looking at the clock. Ends with 1 where verdicts differ or a `must` is not met."""
import argparse
import datetime
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import figures
import measure
import peers
import quick
import workloads

RESULTS = pathlib.Path(__file__).with_name('RESULTS.md')


def machine():
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        models = [text.partition(':')[2].strip() for text in file if text.startswith('model name')]
    with open('/proc/meminfo', encoding='utf-8') as file:
        memory = int(file.readline().split()[1]) / 1e6
    with open('/proc/loadavg', encoding='utf-8') as file:
        load = file.read().split()[0]
    return [f'Processor: {models[0] if models else platform.machine()}, {len(models)} cores', f'Memory: {memory:.0f} GB',
            f'System: {platform.system()} {platform.release()}', f'Load before the run: {load}']


def versions(muster):
    found = []
    if shutil.which(peers.COMPILER):
        found = subprocess.run([peers.COMPILER, '--version'], capture_output=True, text=True, check=False).stdout.splitlines()
    return [f'Muster: {muster.version}', f'Its JIT: {muster.jit}', f'Compiler of the peers in C++: {found[0] if found else "none"}']


def table(header, lines):
    widths = [max(len(line[at]) for line in [header, *lines]) for at in range(len(header))]
    def written(cells):
        return '| ' + ' | '.join(cell.ljust(width) for cell, width in zip(cells, widths)) + ' |'
    return [written(header), '|' + '|'.join('-' * (width + 2) for width in widths) + '|', *map(written, lines)]


def figure_line(figure):
    def bound(number):
        return f'{"at least" if figure.better == "above" else "at most"} {number:g}{figure.unit}'
    met = 'aim' if figure.meets(figure.aim) else 'must' if figure.meets(figure.must) else 'no'
    return [figure.name, measure.spread(figure.samples) + figure.unit, bound(figure.must), bound(figure.aim), met]


def report(found, facts):
    lines = ['<!-- SPDX-License-Identifier: Apache-2.0 -->', '# Results of the benchmark', '',
             f'`./dev bench` on {datetime.date.today()}. Whatever is compared took turns, round after round. Of every measurement there is the',
             'median and, in brackets, the lowest and the highest. Only ratios carry over to another machine.', '']
    lines += [f'- {fact}' for fact in [*facts, *found.sizes]] + ['']
    if found.figures:
        lines += table(['figure', 'measured', 'must', 'aim', 'met'], [figure_line(figure) for figure in found.figures])
    for title, (header, rows) in found.tables.items():
        lines += ['', f'## {title}', '', *table(header, rows)]
    for title, notes in (('Peers and their settings', found.settings), ('Skipped', found.skipped), ('Wrong', found.wrong)):
        lines += ['', f'## {title}', '', *(f'- {note}' for note in dict.fromkeys(notes))] if notes else []
    return '\n'.join([*lines, ''])


def measured(muster, programs, folder, groups, size):
    all_found = figures.Found()
    work = workloads.Workloads(programs, folder)
    for group in groups:
        print(f'measuring: {group}', file=sys.stderr, flush=True)
        found = figures.GROUPS[group](muster, work, size)
        for field in ('figures', 'sizes', 'settings', 'skipped', 'wrong'):
            getattr(all_found, field).extend(getattr(found, field))
        all_found.tables.update(found.tables)
    return all_found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('muster', type=pathlib.Path)
    parser.add_argument('--only', action='append', choices=figures.GROUPS)
    parser.add_argument('--megabytes', type=int, default=300)
    parser.add_argument('--runs', type=int, default=7)
    parser.add_argument('--memory-subjects', type=int, default=1_000_000)
    parser.add_argument('--folder', type=pathlib.Path)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--quick', action='store_true')
    options = parser.parse_args()
    muster = measure.Muster(options.muster.resolve())
    programs = options.muster.resolve().parent
    if not (programs / 'bench_generate').exists():
        parser.error(f'{programs} has no bench_generate: build all of it, as `./dev bench` does')
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        if options.quick:
            return quick.main(muster, workloads.Workloads(programs, folder))
        size = figures.Size(options.megabytes, options.runs, options.memory_subjects)
        facts = machine() + versions(muster)
        found = measured(muster, programs, folder, options.only or figures.GROUPS, size)
    text = report(found, facts)
    print(text, end='')
    if options.write:
        RESULTS.write_text(text, encoding='utf-8')
    return 1 if found.wrong or not all(figure.meets(figure.must) for figure in found.figures) else 0


if __name__ == '__main__':
    sys.exit(main())
