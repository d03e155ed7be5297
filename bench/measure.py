# SPDX-License-Identifier: Apache-2.0
"""What one run takes, what the program under test can do, and how often something is run."""
import dataclasses
import json
import os
import re
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass(frozen=True)
class Run:
    seconds: float
    code: int
    output: str


def run(arguments, stdin=None):
    """Wall time from its start to its end. posix_spawn, so that Python's own fork is not in it."""
    arguments = [str(argument) for argument in arguments]
    with tempfile.TemporaryFile() as output:
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
        if stdin is not None:
            actions.append((os.POSIX_SPAWN_DUP2, stdin, 0))
        begin = time.perf_counter()
        process = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=actions)
        _, status = os.waitpid(process, 0)
        seconds = time.perf_counter() - begin
        output.seek(0)
        return Run(seconds, os.waitstatus_to_exitcode(status), output.read().decode())


@dataclasses.dataclass(frozen=True)
class Counts:
    """Verdicts of the gate, and of each criterion how often it is met, unmet and unknown."""
    gate: dict
    criteria: dict

    def differences(self, other):
        """In words; a peer that counts the gate only is compared by that."""
        found = [f'gate {self.gate}, not {other.gate}'] if self.gate != other.gate else []
        for name, seen in self.criteria.items():
            if other.criteria.get(name) != seen:
                found.append(f'{name} {seen}, not {other.criteria.get(name)}')
        return found


class Muster:
    """The program under test. What it can do is read from its help, so that rows come with what they measure."""

    def __init__(self, path):
        self.path = str(path)
        text = run([path, 'eval', '--help']).output
        found = re.search(r'--engine (\S+)', text)
        self.engines = found[1].split('|') if found else []
        self.has_jobs = '--jobs' in text
        self.version = run([path, '--version']).output.strip()

    def eval(self, policy, data, as_of, engine=None, jobs=1, form='summary', stdin=None, under=()):
        """`under` is a program, with its arguments, that runs this one."""
        arguments = [*under, self.path, 'eval', policy, '--data', data, '--as-of', as_of, '--format', form]
        arguments += ['--engine', engine] if engine else []
        arguments += ['--jobs', jobs] if self.has_jobs else []
        done = run(arguments, stdin)
        # All pass, some fail, some are undecided: each is a result.
        if done.code not in (0, 1, 4):
            raise RuntimeError(f'{" ".join(map(str, arguments))} ended with {done.code}')
        return done


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

    def work(self, clock='seconds'):
        """(seconds, Counts or, if it judges nothing, None); the clock `busy` is the processor's, of bench_columns."""
        self.process.stdin.write('\n')
        self.process.stdin.flush()
        answer = self.answer()
        return answer[clock], Counts(answer['gate'], answer['criteria']) if 'gate' in answer else None

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def interleaved(contestants, rounds):
    """name -> what its function gave in each round. The rounds go through all of them, so that whatever else the machine
    does meets them alike."""
    results = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, once in contestants.items():
            results[name].append(once())
    return results


def spread(samples, digits=3):
    """The median, and from the lowest to the highest."""
    shown = [f'{number:.{digits}g}' if abs(number) < 10 ** digits else f'{number:.0f}' for number in (statistics.median(samples), min(samples), max(samples))]
    return f'{shown[0]} ({shown[1]} to {shown[2]})'
