# SPDX-License-Identifier: Apache-2.0
"""The benchmark without a clock: what it generates is what it generated everywhere else, its policies check, and its
verdicts are those of JavaScript."""
import hashlib

import figures
import measure
import peers
import policies
import workloads as made

RECORDS = 500
# Of the first records of each shape.
HASHES = {
    'flat40': '3825e2bbe8ad2961',
    'dirty': 'df8e9f40ebdbe705',
    'wide200': '4846bf4f6382b0f0',
    'small8': '89660c7206cd38da',
    'nested': '570f981e440701a9',
}


def generated(work):
    for shape, wanted in HASHES.items():
        data = work.data(shape, '--records', RECORDS)
        seen = hashlib.sha256(data.path.read_bytes()).hexdigest()[:16]
        yield f'{shape}: {data.subjects} subjects of the hash {seen}, not {RECORDS} of {wanted}' if (seen, data.subjects) != (wanted, RECORDS) else ''


def checked(muster, work):
    """Criteria of random comparisons may repeat or outdo each other, which lints tell: no more than that."""
    for name, shapes in made.POLICIES.items():
        for shape in shapes:
            module = work.module(name, shape)
            yield f'{module} has mistakes' if measure.run([muster.path, 'check', module]).code != 0 else ''


def judged(muster, work):
    for name, shapes in made.POLICIES.items():
        for shape in shapes:
            data = work.data(shape, '--records', RECORDS)
            _, wanted = figures.judge(muster, work, name, shape, data)()
            with peers.start(peers.JAVASCRIPT, data.path, work.policy(name, shape)) as peer:
                _, counts = peer.work()
            found = counts.differences(wanted)
            # A gate that all subjects pass, or none, compares nothing.
            yield f'{name} over {shape}: {found[0]}' if found else f'{name} over {shape}: all are {wanted.gate}' if max(wanted.gate.values()) == RECORDS else ''


def as_csv(muster, work):
    """The same records as cells."""
    rows, cells = (work.data('flat40', '--records', RECORDS, *form) for form in ((), ('--csv',)))
    (_, wanted), (_, seen) = (figures.judge(muster, work, 'P40', 'flat40', data)() for data in (rows, cells))
    return '; '.join(seen.differences(wanted))


def over_columns(muster, work):
    """What bench_columns counts of columns in memory, with the JIT too, where it is."""
    data = work.data('flat40', '--records', RECORDS)
    for plugin in [()] + [(work.jit,)] * work.jit.exists():
        for name in ('P40', 'PQ', 'PA'):
            _, wanted = figures.judge(muster, work, name, 'flat40', data)()
            with measure.Peer([work.columns, 'judge', policies.AS_OF, work.module(name, 'flat40'), data.path, *plugin]) as peer:
                _, counts = peer.work()
            yield '; '.join(f'{name} over columns{" by the JIT" if plugin else ""}: {each}' for each in counts.differences(wanted))


def compiled(work):
    with measure.Peer([work.columns, 'compile', policies.AS_OF, work.module('P10', 'flat40')]) as peer:
        seconds, _ = peer.work()
    return '' if seconds > 0 else 'bench_columns compiles in no time'


def peak(muster, work):
    """As much memory as the program itself has, at least."""
    megabytes, counts = figures.peak_memory(muster, work, RECORDS)
    return '' if megabytes > 1 and counts.subjects == RECORDS else f'bench_peak: {megabytes} MB for {counts.subjects} subjects'


def main(muster, work):
    checks = [*generated(work), *checked(muster, work), as_csv(muster, work), *over_columns(muster, work), compiled(work), peak(muster, work)]
    reason = peers.missing(peers.JAVASCRIPT)
    if reason:
        print(f'skipped: verdicts are not compared: {reason}')
    else:
        checks += judged(muster, work)
    for problem in filter(None, checks):
        print(problem)
    failed = sum(map(bool, checks))
    print(f'{len(checks) - failed} passed, {failed} failed' + (', 1 skipped' if reason else ''))
    return 1 if failed else 0
