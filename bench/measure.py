# SPDX-License-Identifier: Apache-2.0
"""What one run takes, what the program under test can do, and how often something is run."""
import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass(frozen=True)
class Run:
    seconds: float
    busy: float  # seconds of processors
    code: int
    output: str


def run(arguments, stdin=None, environment=None):
    """By the clock on the wall from its start to its end. posix_spawn, so that Python's own fork is not in it. `environment` is added
    to that of this program."""
    arguments = [str(argument) for argument in arguments]
    with tempfile.TemporaryFile() as output:
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
        if stdin is not None:
            actions.append((os.POSIX_SPAWN_DUP2, stdin, 0))
        begin = time.perf_counter()
        process = os.posix_spawn(arguments[0], arguments, os.environ | (environment or {}), file_actions=actions)
        _, status, used = os.wait4(process, 0)
        seconds = time.perf_counter() - begin
        output.seek(0)
        return Run(seconds, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status), output.read().decode())


@dataclasses.dataclass(frozen=True)
class Counts:
    """Verdicts of the gate, and of each criterion how often it is met, unmet and unknown."""
    gate: dict
    criteria: dict

    @property
    def subjects(self):
        return sum(self.gate.values())

    def differences(self, other):
        """In words; a peer that counts the gate only is compared by that."""
        found = [f'gate {self.gate}, not {other.gate}'] if self.gate != other.gate else []
        for name, seen in self.criteria.items():
            if other.criteria.get(name) != seen:
                found.append(f'{name} {seen}, not {other.criteria.get(name)}')
        return found


class Muster:
    """The program under test."""

    def __init__(self, path):
        self.path = str(path)
        self.version = run([path, '--version']).output.strip()
        about = dict(line.split(None, 1) for line in run([path, 'doctor']).output.splitlines())
        # Without the path of the plug-in, which says nothing to anybody else.
        self.jit = about['jit'].partition(', /')[0]

    def eval(self, policy, data, as_of, engine='auto', jobs=1, form='summary', stdin=None, under=(), environment=None):
        """`under` is a program, with its arguments, that runs this one."""
        arguments = [*under, self.path, 'eval', policy, '--data', data, '--as-of', as_of, '--format', form]
        arguments += ['--engine', engine, '--jobs', jobs]
        done = run(arguments, stdin, environment)
        # All pass, some fail, some are undecided: each is a result.
        if done.code not in (0, 1, 4):
            raise RuntimeError(f'{" ".join(map(str, arguments))} ended with {done.code}')
        return done

    def compiles(self, policy, data, as_of):
        """Whether a run that chooses its engine begins to compile: the dynamic linker is asked what it opened."""
        with tempfile.TemporaryDirectory() as folder:
            self.eval(policy, data, as_of, environment={'LD_DEBUG': 'files', 'LD_DEBUG_OUTPUT': f'{folder}/opened'})
            return any('libmuster_jit' in path.read_text(errors='replace') for path in pathlib.Path(folder).iterdir())


def counts_of_summary(text):
    """Of `--format summary`; the first gate is the one that decides."""
    summary = json.loads(text)
    criteria = {name: [each[status] for status in ('met', 'unmet', 'unknown')] for name, each in summary['criteria'].items()}
    return Counts(next(iter(summary['gates'].values())), criteria)


class Peer:
    """A program that works once for each line it gets: see peers/serve.h and peers/serve.mjs."""

    def __init__(self, arguments):
        self.errors = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen([str(argument) for argument in arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.settings = self.answer()['settings']

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            raise RuntimeError(f'{self.process.args[0]} ended: {self.errors.read()[-2000:]}')
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def work(self, clock='seconds'):
        """(seconds, Counts); if it judges nothing, how many subjects it saw in their place, or None. The clock `busy`
        is the processor's, of bench_columns."""
        self.process.stdin.write('\n')
        self.process.stdin.flush()
        answer = self.answer()
        return answer[clock], Counts(answer['gate'], answer['criteria']) if 'gate' in answer else answer.get('subjects')

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def ticks():
    """Of all processors since the machine began: those that were busy, and all. See proc(5) on /proc/stat."""
    fields = [int(field) for field in pathlib.Path('/proc/stat').read_text().split('\n', 1)[0].split()[1:9]]
    return sum(fields) - fields[3] - fields[4], sum(fields)


def wait_until_quiet(most=2.0, window=0.05):
    """What ran before may still tidy up, in threads of its own: the next one is not to pay for that."""
    end = time.monotonic() + most
    busy, everything = ticks()
    while time.monotonic() < end:
        time.sleep(window)
        (busy_before, before), (busy, everything) = (busy, everything), ticks()
        # One tick is how exactly it is counted.
        if busy - busy_before <= max(1, (everything - before) // 10):
            return


def interleaved(contestants, rounds):
    """name -> what its function gave in each round. The rounds go through all of them, so that whatever else the machine
    does meets them alike; each round begins with the next, so that nobody always comes behind the same one."""
    results = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            wait_until_quiet()
            results[name].append(contestants[name]())
    return results


def spread(samples):
    """The median, and from the lowest to the highest."""
    shown = [f'{number:.3g}' if abs(number) < 1000 else f'{number:.0f}' for number in (statistics.median(samples), min(samples), max(samples))]
    return f'{shown[0]} ({shown[1]} to {shown[2]})'
