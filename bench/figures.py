# SPDX-License-Identifier: Apache-2.0
"""The figures that the engine is held to, and what is measured for them. A group gives figures, lines of a table, and
what went wrong; what needs the plug-in with the JIT is left out where there is none."""
import contextlib
import dataclasses
import functools
import operator
import statistics
import subprocess

import measure
import peers
import policies
import workloads as made

# What takes less than this is run so often at least: of fewer runs anything may come out on a machine that does more.
SHORT = 0.5
SHORT_RUNS = 31
# A ratio that is held to something is of so many times as many rounds as what is only shown.
COMPARED = 3


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
    # What was measured of, how much and how often.
    sizes: list = dataclasses.field(default_factory=list)
    settings: list = dataclasses.field(default_factory=list)
    skipped: list = dataclasses.field(default_factory=list)
    wrong: list = dataclasses.field(default_factory=list)

    def compare(self, who, counts, wanted):
        """`counts` of one that judges nothing is how many subjects it saw."""
        if isinstance(counts, measure.Counts):
            self.wrong += [f'{who}: {difference}' for difference in counts.differences(wanted)[:3]]
        elif counts != wanted.subjects:
            self.wrong.append(f'{who}: {counts} subjects, not {wanted.subjects}')

    def has(self, kind):
        """Whether a peer can run; it is noted where it can't."""
        reason = peers.missing(kind)
        if reason:
            self.skipped.append(f'{kind.name}: {reason}')
        return not reason

    def has_jit(self, work):
        if not work.jit.exists():
            self.skipped.append('JIT: no plug-in beside the program: ./dev setup jit')
        return work.jit.exists()


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


def line(name, seconds, data, own):
    """`own`: Muster's time for a subject. What stands there is how many times as long the other takes."""
    a_subject = [second / data.subjects for second in seconds]
    median = statistics.median(a_subject)
    return [name, measure.spread(seconds), f'{data.megabytes / statistics.median(seconds):.0f}', f'{median * 1e9:.0f}', f'{median / own:.3g}x']


def against_peers(muster, work, size):
    """flat40 and P40, end to end, beside everybody else; and the same data once more, dirty."""
    found = Found()
    data, dirty = (work.data(shape, '--megabytes', size.megabytes) for shape in ('flat40', 'dirty'))
    folder = work.policy('P40', 'flat40')
    contestants = {
        'Muster, one thread': judge(muster, work, 'P40', 'flat40', data),
        'Muster, two threads': judge(muster, work, 'P40', 'flat40', data, jobs=2),
        'Muster, dirty': judge(muster, work, 'P40', 'dirty', dirty),
    }
    datas = {'Muster, dirty': dirty}
    with contextlib.ExitStack() as started:
        for kind in filter(found.has, peers.KINDS):
            datas[kind.name] = work.head(data, kind.records) if kind.records else data
            peer = started.enter_context(peers.start(kind, datas[kind.name].path, folder))
            found.settings.append(f'{kind.name}: {peer.settings}{peers.version(kind)}')
            contestants[kind.name] = peer.work
        results = measure.interleaved(contestants, size.runs)
        held = {name: once for name, once in contestants.items() if name.startswith('Muster') or name in (peers.PARSE.name, peers.DUCKDB.name)}
        for name, more in measure.interleaved(held, (COMPARED - 1) * size.runs).items():
            results[name] += more
    fewer = [f'{kind.name} {datas[kind.name].subjects:,} subjects' for kind in peers.KINDS if kind.records and kind.name in datas]
    found.sizes.append(', '.join([f'peers: {size.megabytes} MB of flat40 and of dirty, {size.runs} rounds and {COMPARED * size.runs} of what figures compare', *fewer]))
    seconds = seconds_of(results)
    own = seconds['Muster, one thread']
    rows = []
    wanted = {data: results['Muster, one thread'][0][1], dirty: results['Muster, dirty'][0][1]}
    for name, each in results.items():
        judged = datas.get(name, data)
        if judged not in wanted:
            wanted[judged] = judge(muster, work, 'P40', 'flat40', judged)()[1]
        before = len(found.wrong)
        for _, counts in each:
            found.compare(name, counts, wanted[judged])
        note = 'differ' if len(found.wrong) > before else 'judges nothing' if name == peers.PARSE.name else 'the same'
        rows.append([*line(name, seconds[name], judged, statistics.median(own) / data.subjects), note])
    found.tables['flat40 and P40'] = (['', 'seconds', 'MB/s', 'ns a subject', 'of Muster\'s', 'verdicts'], rows)

    def figure(name, kind, must, aim):
        if kind.name in seconds:
            found.figures.append(Figure(name, ratios(seconds[kind.name], own), 'above', must, aim, 'x'))
    figure('flat40 NDJSON and P40, end to end, one thread: speed by that of simdjson\'s DOM parse alone', peers.PARSE, 0.8, 1.5)
    figure('the same by that of DuckDB, one thread, SQL at its best', peers.DUCKDB, 3, 5)
    found.figures.append(Figure('two threads by one', ratios(own, seconds['Muster, two threads']), 'above', 1.5, 1.9, 'x'))
    rates = ratios([dirty.megabytes / second for second in seconds['Muster, dirty']], [data.megabytes / second for second in own])
    found.figures.append(Figure('throughput of dirty by that of flat40', rates, 'above', 0.4, 0.7, 'x'))
    return found


BESIDE_DUCKDB = 'P40, beside DuckDB'


def over_columns(muster, work, size):
    """The engine by itself, within one process, over columns of flat40 that are in memory already. Of figures that
    compare it with nobody only the time counts in which the processor was at it; those beside DuckDB are both by the
    clock on the wall."""
    found = Found()
    data = work.data('flat40', '--megabytes', size.megabytes)
    found.sizes.append(f'columns: {size.megabytes} MB of flat40, {size.runs} rounds')
    engines = {name: () for name in ('P40', 'PQ', 'PA')}
    if found.has_jit(work):
        engines |= {f'{name}, JIT': (work.jit,) for name in ('P40', 'PQ', 'PA')}
    with contextlib.ExitStack() as started:
        contestants = {}
        for name, plugin in engines.items():
            module = work.module(name.partition(',')[0], 'flat40')
            peer = started.enter_context(measure.Peer([work.columns, 'judge', policies.AS_OF, module, data.path, *plugin]))
            contestants[name] = functools.partial(peer.work, 'busy')
            if name == 'P40':
                contestants[BESIDE_DUCKDB] = peer.work
        duckdb = peers.DUCKDB_IN_MEMORY
        if found.has(duckdb):
            contestants[duckdb.name] = started.enter_context(peers.start(duckdb, data.path, work.policy('P40', 'flat40'))).work
        results = measure.interleaved(contestants, size.runs)
    wanted = {name: judge(muster, work, name, 'flat40', data)()[1] for name in ('P40', 'PQ', 'PA')}
    for name, each in results.items():
        for _, counts in each:
            found.compare(f'{name}, over columns', counts, wanted.get(name.partition(',')[0], wanted['P40']))
    seconds = seconds_of(results)
    each = {name: [second * 1e9 / data.subjects for second in seconds[name]] for name in engines}

    def figure(name, samples, better, must, aim, unit):
        found.figures.append(Figure(name, samples, better, must, aim, unit))
    figure('columns and P40, a criterion and subject, interpreter', [time / 40 for time in each['P40']], 'below', 0.5, 0.08, ' ns')
    if duckdb.name in seconds:
        figure('the same, speed by that of DuckDB in memory', ratios(seconds[duckdb.name], seconds[BESIDE_DUCKDB]), 'above', 10, 40, 'x')
    figure('columns and PQ, a quantifier and subject, lists of 3', [time / 20 for time in each['PQ']], 'below', 2, 0.4, ' ns')
    if 'PA, JIT' in seconds:
        figure('JIT by interpreter on columns and PA, compile time out', ratios(seconds['PA'], seconds['PA, JIT']), 'above', 2, 5, 'x')
    rows = [[name, measure.spread(times)] for name, times in each.items()]
    found.tables['Columns of flat40'] = (['', 'ns a subject'], rows)
    return found


def over_workloads(muster, work, size):
    """Every policy over its shapes, with and without the JIT, if there is one, and by JavaScript, which checks the
    verdicts; then one of them over many subjects."""
    found = Found()
    megabytes = max(size.megabytes // 4, 1)
    found.sizes.append(f'workloads: {megabytes} MB of each shape, {size.runs} rounds')
    engines = ['auto', 'interpreter', 'jit'] if found.has_jit(work) else ['auto']
    peer = peers.JAVASCRIPT if found.has(peers.JAVASCRIPT) else None
    workloads = [Workload(f'{policy} over {shape}', policy, shape, work.data(shape, '--megabytes', megabytes), engines, peer)
                 for policy, shapes in made.POLICIES.items() for shape in shapes]
    if len(engines) > 1:
        policy, shape, records = made.LONG
        found.sizes[-1] += f' (where they are short {SHORT_RUNS} of auto and the interpreter), and {records:,} subjects of {shape}'
        workloads.append(Workload(f'{policy} over {records:,} of {shape}', policy, shape, work.data(shape, '--records', records), engines))
    rows, gains, compiled = [], {}, {}
    for each in workloads:
        seconds, busy = each.measured(found, muster, work, size.runs, rows)
        if len(engines) == 1:
            continue
        gains[each.name] = ratios(busy['interpreter'], busy['auto'])
        if muster.compiles(work.module(each.policy, each.shape), each.data.path, policies.AS_OF):
            compiled[each.name] = ratios(seconds['interpreter'], seconds['auto'])
    found.tables['Workloads'] = (['', 'by', 'seconds', 'MB/s', 'ns a subject', 'of auto\'s'], rows)
    if gains:
        least = min(gains, key=lambda name: statistics.median(gains[name]))
        # By the time of processors, so that what is compiled on an idle one counts too, and other programs don't.
        found.figures.append(Figure(f'auto by the interpreter alone, of processors, where it gains least: {least}', gains[least], 'above', 0.95, 1, 'x'))
        if not compiled:
            found.wrong.append(f'auto compiled nothing, not even {workloads[-1].name}')
    for name, gained in compiled.items():
        found.figures.append(Figure(f'auto by the interpreter alone, end to end, where it compiles: {name}', gained, 'above', 1.1, 1.3, 'x'))
    return found


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    policy: str
    shape: str
    data: made.Data
    engines: list
    peer: peers.Kind = None

    def measured(self, found, muster, work, runs, rows):
        """The seconds of each engine, by the wall and of processors, for which auto and the interpreter may have had more
        rounds; rows get the first, and those of JavaScript and of the records of flat40 as cells."""
        datas, busy = {}, {engine: [] for engine in self.engines}

        def by(engine):
            done = muster.eval(work.module(self.policy, self.shape), self.data.path, policies.AS_OF, engine=engine)
            busy[engine].append(done.busy)
            return done.seconds, measure.counts_of_summary(done.output)
        with contextlib.ExitStack() as started:
            contestants = {engine: functools.partial(by, engine) for engine in self.engines}
            if self.peer:
                peer = started.enter_context(peers.start(self.peer, self.data.path, work.policy(self.policy, self.shape)))
                contestants['JavaScript'] = peer.work
            if (self.policy, self.shape) == ('P40', 'flat40'):
                datas['auto, of CSV'] = work.data('flat40', '--records', self.data.subjects, '--csv')
                contestants['auto, of CSV'] = judge(muster, work, 'P40', 'flat40', datas['auto, of CSV'])
            results = measure.interleaved(contestants, runs)
        wanted = results['auto'][0][1]
        seconds = seconds_of(results)
        if statistics.median(seconds['auto']) < SHORT and 'interpreter' in self.engines:
            measure.interleaved({engine: contestants[engine] for engine in ('auto', 'interpreter')}, SHORT_RUNS - runs)
        for who, each in results.items():
            for _, counts in each:
                found.compare(f'{self.name} by {who}', counts, wanted)
            name, *rest = line(self.name, seconds[who], datas.get(who, self.data), statistics.median(seconds['auto']) / self.data.subjects)
            rows.append([name, who, *rest])
        return seconds, busy


def starting(muster, work, size):
    """What a person waits for who runs it once."""
    found = Found()
    data = work.data('flat40', '--records', 1000)
    rounds = max(size.runs, SHORT_RUNS)
    found.sizes.append(f'start: {data.subjects:,} subjects of flat40, {rounds} rounds')
    with measure.Peer([work.columns, 'compile', policies.AS_OF, work.module('P200', 'flat40')]) as compiler:
        results = measure.interleaved({
            'compile': lambda: compiler.work('busy')[0] * 1000,
            'table': lambda: muster.eval(work.module('P40', 'flat40'), data.path, policies.AS_OF, form='table').seconds * 1000,
        }, rounds)
    found.figures.append(Figure('P200, text to runnable', results['compile'], 'below', 20, 1, ' ms'))
    found.figures.append(Figure('process start, 1,000 subjects, table out', results['table'], 'below', 30, 5, ' ms'))
    return found


def peak_memory(muster, work, subjects):
    """(MB, Counts) of a run over so many subjects of small8, which come through standard input, so that there is no file
    that the system could count."""
    written = work.folder / 'peak'
    with subprocess.Popen(work.generate('small8', '--records', subjects), stdout=subprocess.PIPE) as generator:
        done = muster.eval(work.module('P40', 'small8'), '-', policies.AS_OF, stdin=generator.stdout.fileno(), under=(work.peak, written))
        generator.stdout.close()
    return int(written.read_text(encoding='utf-8')) / 1000, measure.counts_of_summary(done.output)


def memory(muster, work, size):
    found = Found()

    def peak(subjects):
        megabytes, counts = peak_memory(muster, work, subjects)
        if counts.subjects != subjects:
            found.wrong.append(f'peak memory: {counts.subjects:,} of {subjects:,} subjects were judged')
        return megabytes

    few, many = size.memory_subjects, 10 * size.memory_subjects
    found.sizes.append(f'memory: {few:,} and {many:,} subjects of small8, {size.runs} rounds')
    results = measure.interleaved({'few': lambda: peak(few), 'many': lambda: peak(many)}, size.runs)
    more = [many - few for few, many in zip(results['few'], results['many'])]
    found.figures.append(Figure(f'peak memory of {many:,} small8 subjects less that of {few:,}', more, 'below', 16, 0, ' MB'))
    rows = [[f'{subjects:,} subjects', measure.spread(results[name])] for name, subjects in (('few', few), ('many', many))]
    found.tables['Peak memory'] = (['', 'MB'], rows)
    return found


GROUPS = {'peers': against_peers, 'columns': over_columns, 'workloads': over_workloads, 'start': starting, 'memory': memory}
