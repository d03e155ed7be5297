# SPDX-License-Identifier: Apache-2.0
"""The figures that the engine is held to, and what is measured for them. A group gives figures, lines of a table, and
what went wrong; groups that need what this build of Muster hasn't got leave its figures out."""
import dataclasses
import functools
import operator
import statistics
import subprocess

import measure
import peers
import policies
import workloads as made

START_RUNS = 31


@dataclasses.dataclass(frozen=True)
class Figure:
    """Samples are of one round each. `better` says on which side of `must` and `aim` they should be."""
    name: str
    samples: list
    better: str  # above or below
    must: float
    aim: float
    unit: str

    def meets(self, bound):
        return (operator.ge if self.better == 'above' else operator.le)(statistics.median(self.samples), bound)


@dataclasses.dataclass
class Found:
    figures: list = dataclasses.field(default_factory=list)
    # title -> header and lines
    tables: dict = dataclasses.field(default_factory=dict)
    settings: list = dataclasses.field(default_factory=list)
    skipped: list = dataclasses.field(default_factory=list)
    wrong: list = dataclasses.field(default_factory=list)

    def compare(self, who, counts, wanted):
        self.wrong += [f'{who}: {difference}' for difference in counts.differences(wanted)[:3]]


@dataclasses.dataclass(frozen=True)
class Size:
    megabytes: int
    runs: int
    memory_subjects: int


def ratios(above, below):
    return [a / b for a, b in zip(above, below)]


def judge(muster, work, policy, shape, data, **options):
    """A function that judges once: (seconds, Counts)."""
    def once():
        done = muster.eval(work.module(policy, shape), data.path, policies.AS_OF, **options)
        return done.seconds, measure.counts_of_summary(done.output)
    return once


def seconds_of(results):
    return {name: [seconds for seconds, _ in each] for name, each in results.items()}


def line(name, seconds, data, own, note=''):
    """`own`: Muster's time for a subject. What stands there is how many times as long the other takes."""
    a_subject = [second / data.subjects for second in seconds]
    median = statistics.median(a_subject)
    return [name, measure.spread(seconds), f'{data.megabytes / statistics.median(seconds):.0f}', f'{median * 1e9:.0f}', f'{median / own:.3g}x', note]


def against_peers(muster, work, size):
    """flat40 and P40, end to end, beside everybody else; and the same data once more, dirty."""
    found = Found()
    data, dirty = (work.data(shape, '--megabytes', size.megabytes) for shape in ('flat40', 'dirty'))
    folder = work.policy('P40', 'flat40')
    contestants = {'Muster, one thread': judge(muster, work, 'P40', 'flat40', data), 'Muster, dirty': judge(muster, work, 'P40', 'dirty', dirty)}
    if muster.has_jobs:
        contestants['Muster, two threads'] = judge(muster, work, 'P40', 'flat40', data, jobs=2)
    datas = {'Muster, dirty': dirty}
    started = []
    try:
        for kind in peers.KINDS:
            if reason := peers.missing(kind):
                found.skipped.append(f'{kind.name}: {reason}')
                continue
            datas[kind.name] = work.head(data, kind.records) if kind.records else data
            peer = peers.start(kind, datas[kind.name].path, folder)
            started.append(peer)
            found.settings.append(f'{kind.name}: {peer.settings}{peers.version(kind)}')
            contestants[kind.name] = peer.work
        results = measure.interleaved(contestants, size.runs)
    finally:
        for peer in started:
            peer.close()
    seconds = seconds_of(results)
    own = seconds['Muster, one thread']
    rows = []
    wanted = {data: results['Muster, one thread'][0][1], dirty: results['Muster, dirty'][0][1]}
    for name, each in results.items():
        judged = datas.get(name, data)
        if judged not in wanted:
            wanted[judged] = judge(muster, work, 'P40', 'flat40', judged)()[1]
        counted = [counts for _, counts in each if counts]
        before = len(found.wrong)
        for counts in counted:
            found.compare(name, counts, wanted[judged])
        note = 'judges nothing' if not counted else 'differ' if len(found.wrong) > before else 'the same'
        rows.append(line(name, seconds[name], judged, statistics.median(own) / data.subjects, note))
    found.tables['flat40 and P40'] = (['', 'seconds', 'MB/s', 'ns a subject', 'of Muster\'s', 'verdicts'], rows)

    def figure(name, other, must, aim):
        if other in seconds:
            found.figures.append(Figure(name, ratios(seconds[other], own), 'above', must, aim, 'x'))
    figure('flat40 NDJSON and P40, end to end, one thread: speed by that of simdjson\'s DOM parse alone', 'simdjson, DOM parse alone', 0.8, 1.5)
    figure('the same by that of DuckDB, one thread, SQL at its best', 'DuckDB, ndjson', 3, 5)
    if muster.has_jobs:
        found.figures.append(Figure('two threads by one', ratios(own, seconds['Muster, two threads']), 'above', 1.5, 1.9, 'x'))
    rates = ratios([dirty.megabytes / second for second in seconds['Muster, dirty']], [data.megabytes / second for second in own])
    found.figures.append(Figure('throughput of dirty by that of flat40', rates, 'above', 0.4, 0.7, 'x'))
    return found


def over_columns(muster, work, size):
    """The engine by itself, within one process, over columns of flat40 that are in memory already. Of figures that
    compare it with nobody only the time counts in which the processor was at it."""
    found = Found()
    data = work.data('flat40', '--megabytes', size.megabytes)
    started = {}
    engines = {'P40': (), 'PQ': (), 'PA': ()}
    if work.jit.exists():
        engines |= {'P40, JIT': (work.jit,), 'PQ, JIT': (work.jit,), 'PA, JIT': (work.jit,)}
    else:
        found.skipped.append('JIT over columns: no plug-in beside the program: ./dev setup jit')
    try:
        for name, plugin in engines.items():
            module = work.module(name.partition(',')[0], 'flat40')
            started[name] = measure.Peer([work.columns, 'judge', policies.AS_OF, module, data.path, *plugin])
        contestants = {name: functools.partial(peer.work, 'busy') for name, peer in started.items()}
        beside_duckdb(found, work, data, started, contestants)
        results = measure.interleaved(contestants, size.runs)
    finally:
        for peer in started.values():
            peer.close()
    for name in engines:
        wanted = judge(muster, work, name.partition(',')[0], 'flat40', data)()[1]
        for _, counts in results[name]:
            found.compare(f'{name} over columns', counts, wanted)
    seconds = seconds_of(results)
    each = {name: [second * 1e9 / data.subjects for second in seconds[name]] for name in engines}

    def figure(name, samples, better, must, aim, unit):
        found.figures.append(Figure(name, samples, better, must, aim, unit))
    figure('columns and P40, a criterion and subject, interpreter', [time / 40 for time in each['P40']], 'below', 0.5, 0.08, ' ns')
    if DUCKDB in seconds:
        figure('the same, speed by that of DuckDB in memory', ratios(seconds[DUCKDB], seconds['P40 beside DuckDB']), 'above', 10, 40, 'x')
    figure('columns and PQ, a quantifier and subject, lists of 3', [time / 20 for time in each['PQ']], 'below', 2, 0.4, ' ns')
    if 'PA, JIT' in seconds:
        figure('JIT by interpreter on columns and PA, compile time out', ratios(seconds['PA'], seconds['PA, JIT']), 'above', 2, 5, 'x')
    rows = [[name, measure.spread(times)] for name, times in each.items()]
    found.tables['Columns of flat40'] = (['', 'ns a subject'], rows)
    return found


DUCKDB = 'DuckDB, in memory'


def beside_duckdb(found, work, data, started, contestants):
    """DuckDB over P40, and Muster once more, both by the clock on the wall."""
    kind = next(kind for kind in peers.KINDS if kind.name == DUCKDB)
    if reason := peers.missing(kind):
        found.skipped.append(f'{kind.name}: {reason}')
        return
    started[DUCKDB] = peers.start(kind, data.path, work.policy('P40', 'flat40'))
    contestants |= {DUCKDB: started[DUCKDB].work, 'P40 beside DuckDB': started['P40'].work}


def over_workloads(muster, work, size):
    """Every policy over its shapes, with and without the JIT, if there is one; JavaScript checks the verdicts."""
    found = Found()
    rows, gains = [], []
    for policy, kinds_of_data in made.POLICIES.items():
        for shape in kinds_of_data:
            data = work.data(shape, '--megabytes', max(size.megabytes // 4, 1))
            seconds, wanted = by_engine(found, muster, work, policy, shape, data, size.runs)
            script = by_javascript(found, work, policy, shape, data, wanted)
            own = statistics.median(seconds['auto'])
            note = f'{script / own:.3g}x' if script else ''
            for engine, each in seconds.items():
                rows.append(line(f'{policy} over {shape}, {engine}', each, data, own / data.subjects, note))
            if 'jit' in seconds:
                gains.append(ratios(seconds['interpreter'], seconds['auto']))
    rows.append(over_cells(found, muster, work, size))
    found.tables['Workloads'] = (['', 'seconds', 'MB/s', 'ns a subject', 'of auto\'s', 'JavaScript takes'], rows)
    if gains:
        worst = min(gains, key=statistics.median)
        found.figures.append(Figure('JIT on by off, end to end, the workload that gains least', worst, 'above', 0.95, 1, 'x'))
    return found


def by_engine(found, muster, work, policy, shape, data, runs):
    """Engine -> seconds, and the counts in which all agree. `auto` decides by itself when the JIT pays."""
    engines = ['auto', 'interpreter', 'jit'] if 'jit' in muster.engines else ['auto']
    results = measure.interleaved({engine: judge(muster, work, policy, shape, data, engine=engine) for engine in engines}, runs)
    wanted = results['auto'][0][1]
    for engine, each in results.items():
        for _, counts in each:
            found.compare(f'{policy} over {shape} by {engine}', counts, wanted)
    return seconds_of(results), wanted


def by_javascript(found, work, policy, shape, data, wanted):
    """The seconds of one run, or nothing."""
    node = next(kind for kind in peers.KINDS if kind.program == 'node.mjs')
    if reason := peers.missing(node):
        found.skipped.append(f'{node.name}: {reason}')
        return None
    peer = peers.start(node, data.path, work.policy(policy, shape))
    try:
        seconds, counts = peer.work()
    finally:
        peer.close()
    found.compare(f'{policy} over {shape} by JavaScript', counts, wanted)
    return seconds


def over_cells(found, muster, work, size):
    """The records of flat40 as CSV: a line of the table."""
    data = work.data('flat40', '--megabytes', max(size.megabytes // 4, 1))
    cells = work.data('flat40', '--records', data.subjects, '--csv')
    results = [judge(muster, work, 'P40', 'flat40', cells)() for _ in range(size.runs)]
    found.compare('P40 over flat40 as CSV', results[0][1], judge(muster, work, 'P40', 'flat40', data)()[1])
    seconds = [second for second, _ in results]
    return line('P40 over flat40 as CSV', seconds, cells, statistics.median(seconds) / cells.subjects)


def starting(muster, work, size):
    """What a person waits for who runs it once."""
    found = Found()
    data = work.data('flat40', '--records', 1000)
    compiler = measure.Peer([work.columns, 'compile', policies.AS_OF, work.module('P200', 'flat40')])
    try:
        results = measure.interleaved({
            'compile': lambda: compiler.work('busy')[0] * 1000,
            'table': lambda: muster.eval(work.module('P40', 'flat40'), data.path, policies.AS_OF, form='table').seconds * 1000,
        }, max(size.runs, START_RUNS))
    finally:
        compiler.close()
    found.figures.append(Figure('P200, text to runnable', results['compile'], 'below', 20, 1, ' ms'))
    found.figures.append(Figure('process start, 1,000 subjects, table out', results['table'], 'below', 30, 5, ' ms'))
    return found


def memory(muster, work, size):
    """small8 through standard input, so that there is no file that the system could count."""
    found = Found()
    module = work.module('P40', 'small8')
    written = work.folder / 'peak'

    def peak(subjects):
        with subprocess.Popen(work.generate('small8', '--records', subjects), stdout=subprocess.PIPE) as generator:
            done = muster.eval(module, '-', policies.AS_OF, stdin=generator.stdout.fileno(), under=(work.peak, written))
            generator.stdout.close()
        if sum(measure.counts_of_summary(done.output).gate.values()) != subjects:
            raise RuntimeError('not every subject was judged')
        return int(written.read_text(encoding='utf-8')) / 1000

    few, many = size.memory_subjects, 10 * size.memory_subjects
    results = measure.interleaved({'few': lambda: peak(few), 'many': lambda: peak(many)}, size.runs)
    more = [many - few for few, many in zip(results['few'], results['many'])]
    found.figures.append(Figure(f'peak memory of {many:,} small8 subjects less that of {few:,}', more, 'below', 16, 0, ' MB'))
    rows = [[f'{subjects:,} subjects', measure.spread(results[name])] for name, subjects in (('few', few), ('many', many))]
    found.tables['Peak memory'] = (['', 'MB'], rows)
    return found


GROUPS = {'peers': against_peers, 'columns': over_columns, 'workloads': over_workloads, 'start': starting, 'memory': memory}
