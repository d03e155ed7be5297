#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the program to what only a process shows: closed streams, signals, pipes and devices.    process.py MUSTER"""
import fcntl
import gzip
import os
import pathlib
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

# Whatever is waited for is there in no time, but for machines that are busy.
PATIENCE = 60
POLICY = '''subject S { key id: text  n: int }
source s = ndjson "s.ndjson"
bind S from s {}
policy p for S "P" { must c "Enough" { require n > 0 } }
'''
CSV = 'subject,label,gate.ready,c,error\na,,pass,met,\nb,,undecided,unknown,\n'
failures = []
passed = 0


def expect(what, seen, wanted):
    global passed
    passed += seen == wanted
    if seen != wanted:
        failures.append(what)
        print(f'{what}:\n  wanted {wanted!r}\n  seen   {seen!r}')


class Folder:
    def __init__(self, muster, path):
        self.muster, self.path = muster, pathlib.Path(path)
        self.write('m.muster', POLICY)
        self.write('s.ndjson', '{"id":"a","n":1}\n{"id":"b"}\n')

    def write(self, name, text):
        (self.path / name).parent.mkdir(exist_ok=True)
        (self.path / name).write_text(text, encoding='utf-8')

    def read(self, name):
        return (self.path / name).read_text(encoding='utf-8')

    def shell(self, command):
        """(code, stdout, stderr) of a bash command, in which $M is the program."""
        done = subprocess.run(['bash', '-c', command], cwd=self.path, env={**os.environ, 'M': self.muster}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=2 * PATIENCE, text=True, check=False)
        return done.returncode, done.stdout, done.stderr


def closed_streams(folder):
    folder.write('bad.ndjson', '{"id":"a","n":1}\n{"id":"b","n":"no"}\n')
    run = '$M eval m.muster --data bad.ndjson --format summary --output csv=o.csv'
    code, out, err = folder.shell(run + ' 2>&-')
    expect('stderr closed', (code, err, folder.read('o.csv')), (4, '', CSV))
    expect('stdout closed', folder.shell(run + ' >&-')[::2],
           (2, "bad.ndjson:2: warning[MU0502]: a value of `n` doesn't fit `int`: `no`\n"
               'muster: standard output can\'t be written: Bad file descriptor\n'))
    expect('stdin closed', folder.shell('$M eval m.muster --data - --format summary <&-')[::2],
           (6, 'stdin: error[MU0501]: the file could not be read to its end\n'))
    expect('all closed', (folder.shell(run + ' <&- >&- 2>&-')[0], folder.read('o.csv')), (2, CSV))
    expect('fmt, stdin closed', folder.shell('$M fmt - <&-')[::2],
           (2, "muster fmt: `stdin` can't be read: Bad file descriptor\n"))
    expect('fmt of a folder', folder.shell('$M fmt - </')[0], 2)


def pipes(folder):
    os.mkfifo(folder.path / 'x.muster')
    expect('a pipe in a folder is no module', folder.shell('$M check .')[:2], (0, '1 file, nothing found\n'))
    folder.write('importing.muster', 'import x\n')
    expect('a pipe is not imported', folder.shell('$M check importing.muster')[0], 1)
    expect('a pipe that is named is read', folder.shell('cat m.muster >x.muster & timeout 60 $M check x.muster')[:2],
           (0, '1 file, nothing found\n'))
    expect('but not formatted in place', folder.shell('cat m.muster >x.muster & timeout 60 $M fmt x.muster')[0], 2)
    (folder.path / 'x.muster').unlink()
    os.mkfifo(folder.path / 'muster.toml')
    expect('a pipe is no muster.toml', folder.shell('$M check m.muster'),
           (2, '', 'muster check: `muster.toml` is no regular file\n'))
    (folder.path / 'muster.toml').unlink()


def devices(folder):
    run = '$M eval m.muster --as-of 2026-11-01 --format summary'
    summary = folder.shell(run)[1]
    expect('/dev/stdout is standard output', folder.shell('$M eval m.muster --output csv=/dev/stdout | cat')[1], CSV)
    expect('two documents to it', folder.shell(run + ' --output csv=/dev/stdout')[0], 2)
    expect('a pipe of the shell', folder.shell(f'{{ {run} --output csv=>(cat >&3) | cat; }} 3>o.csv; for _ in {{1..200}}; do [ -s o.csv ] && break; sleep 0.05; done; cat o.csv'),
           (0, summary + CSV, ''))
    folder.write('log', 'before\n')
    folder.shell(run + ' --output csv=/dev/fd/3 3>>log')
    expect('a descriptor is written behind what stands there', folder.read('log'), 'before\n' + CSV)


def overwriting(folder):
    (folder.path / 'link').symlink_to('s.ndjson')
    before = folder.read('s.ndjson')
    for name in ('m.muster', './s.ndjson', 'link'):
        expect(f'{name} is not overwritten', folder.shell(f'$M eval m.muster --output csv={name}'),
               (2, '', f'muster eval: `--output` would overwrite `{name}`, which this run reads\nhelp: name another file\n'))
    (folder.path / 'out').symlink_to('o.csv')
    expect('one output by two names', folder.shell('$M eval m.muster --output csv=o.csv --output json=out')[2],
           'muster eval: `--output` names `out` twice\nhelp: give each document its own file\n')
    expect('what was read', (folder.read('m.muster'), folder.read('s.ndjson')), (POLICY, before))


def records(count):
    return ''.join(f'{{"id":"r{i}","n":{1 if i % 2 else 0}}}\n' for i in range(count))


def packed(folder):
    lines = records(3000)
    folder.write('p.ndjson', lines)
    (folder.path / 'p.ndjson.gz').write_bytes(gzip.compress(lines.encode()))
    run = '$M eval m.muster --as-of 2026-11-01'
    plain = folder.shell(f'{run} --data p.ndjson')
    expect('gzip by its name', folder.shell(f'{run} --data p.ndjson.gz')[:2], plain[:2])
    expect('gzip from a pipe', folder.shell(f'cat p.ndjson.gz | {run} --data -')[:2], plain[:2])
    expect('gzip of a shell\'s pipe', folder.shell(f'{run} --data <(cat p.ndjson.gz)')[:2], plain[:2])


def many_files(folder):
    for i in range(300):
        folder.write(f'parts/{i:03}.ndjson', f'{{"id":"p{i}","n":1}}\n')
    code, out, err = folder.shell("ulimit -n 40; $M eval m.muster --data 'parts/*.ndjson' --format summary")
    expect('more files than may be open', (code, err, '"subjects":300,' in out), (0, '', True))


def closed_pipe(folder):
    folder.write('many.ndjson', records(100_000))
    code, out, err = folder.shell('$M eval m.muster --data many.ndjson | head -1; exit ${PIPESTATUS[0]}')
    expect('nobody reads on', (code, out.count('\n'), err), (141, 1, ''))
    code, out, err = folder.shell('$M eval m.muster --data many.ndjson --output summary=s.json | head -1; exit ${PIPESTATUS[0]}')
    expect('a file is written all the same', (code, err, '"subjects":100000' in folder.read('s.json')), (1, '', True))


def wait_for(found):
    until = time.monotonic() + PATIENCE
    while not found() and time.monotonic() < until:
        time.sleep(0.01)


def evaluating(folder, data, **streams):
    return subprocess.Popen([folder.muster, 'eval', 'm.muster', '--data', data, '--output', 'csv=cut.csv'], cwd=folder.path, **streams)


def begun(folder):
    return list(folder.path.glob('cut.csv*'))


def cut_short(folder, number, times):
    """What a run ends with that waits for more evidence and gets this signal, so many times in a row; and what it should."""
    with open(folder.path / 'out', 'wb') as out, \
         evaluating(folder, '-', stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE) as running:
        running.stdin.write(records(30_000).encode())
        running.stdin.flush()
        wait_for(lambda: (folder.path / 'out').stat().st_size > 0)
        for _ in range(times):
            running.send_signal(number)
        _, err = running.communicate(timeout=PATIENCE)
    text = folder.read('out')
    lines = text.count('\n')
    seen = running.returncode, err.decode(), text[-2:], begun(folder)
    return seen, (128 + number, f'muster eval: interrupted after {lines:,} subjects (line {lines:,} of stdin)\n', '}\n', [])


def interrupted(folder):
    expect('SIGINT ends it at a record', *cut_short(folder, signal.SIGINT, 1))
    # `timeout` sends its signal twice in a row and means one. On a busy machine two may come too far apart to be one.
    for _ in range(5):
        seen, wanted = cut_short(folder, signal.SIGTERM, 2)
        as_two = (143, '')
        if seen[:2] != as_two:
            break
    expect('SIGTERM twice in a row ends it at a record', seen, wanted)


def check_interrupted(folder):
    with subprocess.Popen([folder.muster, 'check', 'm.muster', '--data', '-'], cwd=folder.path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as running:
        running.stdin.write(records(3_000).encode())
        running.stdin.flush()
        # It has all of it, and waits for more.
        wait_for(lambda: struct.unpack('i', fcntl.ioctl(running.stdin, termios.FIONREAD, b'\0' * 4))[0] == 0)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=PATIENCE)
    expect('data that are held against bindings', (running.returncode, out, err.decode().partition(' after ')[0]), (130, b'', 'muster check: interrupted'))


def a_second_signal(folder):
    """While nobody takes what is printed the first one can't end the run."""
    folder.write('many.ndjson', records(100_000))
    with evaluating(folder, 'many.ndjson', stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_for(lambda: struct.unpack('i', fcntl.ioctl(running.stdout, termios.FIONREAD, b'\0' * 4))[0] > 0)
        running.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        expect('it waits for its reader', running.poll(), None)
        # The first may have come late, and one that follows at once means nothing.
        until = time.monotonic() + PATIENCE
        while running.poll() is None and time.monotonic() < until:
            running.send_signal(signal.SIGTERM)
            time.sleep(0.3)
        expect('the second signal ends it', (running.poll(), begun(folder), running.stderr.read()), (143, [], b''))


def signals(folder):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with evaluating(folder, '-', stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            wait_for(lambda: begun(folder))
            before = [path.suffix for path in begun(folder)]
            running.send_signal(number)
            code = running.wait(PATIENCE)
        expect(f'{number.name} leaves nothing', (before, code, begun(folder)), (['.tmp'], 128 + number, []))


def read_only(folder):
    """The superuser may write to any file, so its mode alone says that it is not to change."""
    unfixed = 'subject S { key id: text  n: int }\npolicy p for S "P" { must c "Enough" { require not not (n > 0) } }\n'
    for name in ('f/a.muster', 'f/b.muster', 'f/c.muster'):
        folder.write(name, unfixed)
    (folder.path / 'f/b.muster').chmod(0o444)
    refused = "`f/b.muster` can't be written: it is read-only\nhelp: make it writable if it is to be changed: `chmod u+w`\n"
    code, out, err = folder.shell('$M check f --fix')
    expect('a file that is read-only is not fixed', (code, err, folder.read('f/b.muster')),
           (2, f'f/a.muster: 1 fix\nmuster check: {refused}f/c.muster: 1 fix\n', unfixed))
    expect('what is left is shown', out.split('\n')[-3:], ['0 errors, 1 warning in 3 files', '1 can be fixed with `--fix`', ''])
    expect('others are', folder.read('f/a.muster') == folder.read('f/c.muster') != unfixed, True)
    code, _, err = folder.shell('$M fmt f')
    expect('nor formatted', (code, err, folder.read('f/b.muster')), (2, f'formatted f/a.muster\nmuster fmt: {refused}formatted f/c.muster\n', unfixed))
    folder.write('o.csv', 'mine\n')
    (folder.path / 'o.csv').chmod(0o444)
    expect('nor written over', (folder.shell('$M eval m.muster --output csv=o.csv')[0], folder.read('o.csv')), (2, 'mine\n'))


def too_large(folder):
    """A shell's limit of the size of files ends a program, unless it asks for the error."""
    code, _, err = folder.shell('ulimit -f 0; $M eval m.muster --output csv=o.csv')
    expect('no room for a document', (code, err), (2, "muster eval: `o.csv` can't be written: File too large\n"))
    code, _, err = folder.shell('ulimit -f 0; $M init new')
    expect('no room for a project', (code, err), (2, "muster init: `new/.github/workflows/muster.yml` can't be written: File too large\n"))
    code, _, err = folder.shell('ulimit -f 0; $M check m.muster --format json >out')
    expect('no room for standard output', (code, err), (2, "muster: standard output can't be written: File too large\n"))
    expect('nothing is left', sorted(path.name for path in folder.path.iterdir()), ['m.muster', 'out', 's.ndjson'])


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    for part in (closed_streams, pipes, devices, overwriting, packed, many_files, closed_pipe, interrupted, check_interrupted, a_second_signal, signals, read_only,
                 too_large):
        with tempfile.TemporaryDirectory() as path:
            part(Folder(muster, path))
    print(f'{passed} passed, {len(failures)} failed')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
