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
    for name, shapes in made.POLICIES.items():
        for shape in shapes:
            module = work.module(name, shape)
            yield f'{module} has mistakes' if measure.run([muster.path, 'check', '--deny', 'warnings', module]).code != 0 else ''


def judged(muster, work, node):
    for name, shapes in made.POLICIES.items():
        for shape in shapes:
            data = work.data(shape, '--records', RECORDS)
            _, wanted = figures.judge(muster, work, name, shape, data)()
            peer = peers.start(node, data.path, work.policy(name, shape))
            _, counts = peer.work()
            peer.close()
            found = counts.differences(wanted)
            # A gate that all subjects pass, or none, compares nothing.
            yield f'{name} over {shape}: {found[0]}' if found else f'{name} over {shape}: all are {wanted.gate}' if max(wanted.gate.values()) == RECORDS else ''


def as_csv(muster, work):
    """The same records as cells."""
    rows, cells = (work.data('flat40', '--records', RECORDS, *form) for form in ((), ('--csv',)))
    (_, wanted), (_, seen) = (figures.judge(muster, work, 'P40', 'flat40', data)() for data in (rows, cells))
    return '; '.join(seen.differences(wanted))


def main(muster, work):
    node = next(kind for kind in peers.KINDS if kind.program == 'node.mjs')
    checks = [*generated(work), *checked(muster, work), as_csv(muster, work)]
    if reason := peers.missing(node):
        print(f'skipped: verdicts are not compared: {reason}')
    else:
        checks += judged(muster, work, node)
    for problem in filter(None, checks):
        print(problem)
    failed = sum(map(bool, checks))
    print(f'{len(checks) - failed} passed, {failed} failed' + (', 1 skipped' if peers.missing(node) else ''))
    return 1 if failed else 0
