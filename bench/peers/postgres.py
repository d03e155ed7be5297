#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL: a server of its own in a temporary folder, reached by a socket there. Typed columns are loaded by COPY into
an unlogged table, which is not timed; then one query counts everything, by one process and without a disk in the way.
Like the peers in JavaScript: postgres.py DATA FOLDER, a line of JSON when it is ready, and one for each line of stdin."""
import glob
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

SETTINGS = {'shared_buffers': '2GB', 'work_mem': '256MB', 'fsync': 'off', 'max_parallel_workers_per_gather': '0', 'jit': 'on',
            'listen_addresses': '', 'autovacuum': 'off'}


def programs():
    """The folder of the newest server, as Debian lays it out."""
    found = sorted(glob.glob('/usr/lib/postgresql/*/bin/postgres'), key=lambda path: int(path.split('/')[4]))
    return pathlib.Path(found[-1]).parent if found else None


class Server:
    def __init__(self, folder):
        self.folder = folder
        # The server refuses to run as root; Debian's package has made a user for it.
        self.user = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, 'postgres', 'postgres')
        quiet = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL, 'cwd': folder}
        subprocess.run([*self.user, programs() / 'initdb', '-D', f'{folder}/data', '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--no-locale'],
                       check=True, **quiet)
        settings = [f'-c{name}={value}' for name, value in {**SETTINGS, 'unix_socket_directories': folder}.items()]
        self.process = subprocess.Popen([*self.user, programs() / 'postgres', '-D', f'{folder}/data', *settings], **quiet)
        for _ in range(100):
            if subprocess.run([programs() / 'pg_isready', '-q', '-h', folder], check=False, timeout=10).returncode == 0:
                return
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        sys.exit('postgres.py: the server did not start')

    def run(self, *commands, stdin=None):
        arguments = [argument for command in commands for argument in ('-c', command)]
        done = subprocess.run([programs() / 'psql', '-h', self.folder, '-U', 'bench', '-d', 'postgres', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', *arguments],
                              input=stdin, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f'postgres.py: {done.stderr}')
        return done.stdout.splitlines()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)


def rows(data, columns):
    """In COPY's own form; the words of enums, days and numbers have nothing that it would escape."""
    with open(data, encoding='utf-8') as file:
        for line in file:
            record = json.loads(line)
            yield '\t'.join('\\N' if record[name] is None else str(record[name]) for name, _ in columns)


def counts(row, names):
    subjects, *rest = map(int, row)

    def three(at):
        held, known = rest[2 * at:2 * at + 2]
        return [held, known - held, subjects - known]
    return {'gate': dict(zip(('pass', 'fail', 'undecided'), three(0))), 'criteria': {name: three(at + 1) for at, name in enumerate(names)}}


def main():
    data, folder = sys.argv[1:]
    policy = json.loads(pathlib.Path(folder, 'policy.json').read_text(encoding='utf-8'))
    # So that the server is stopped when the harness stops this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as place:
        server = Server(place)
        try:
            declared = ', '.join(f'{name} {kind}' for name, kind in policy['columns'])
            server.run(*policy['types'], f'create unlogged table services ({declared})')
            server.run('copy services from stdin', stdin='\n'.join(rows(data, policy['columns'])) + '\n')
            server.run('vacuum analyze services')
            version = server.run('show server_version')[0].split()[0]
            shown = ', '.join(f'{name} {SETTINGS[name]}' for name in ('shared_buffers', 'max_parallel_workers_per_gather', 'jit'))
            print(json.dumps({'settings': f'PostgreSQL {version}, table in memory, {shown}'}), flush=True)
            for _ in sys.stdin:
                *_, row, timing = server.run('\\timing on', policy['postgres'])
                seconds = float(re.match(r'Time: ([0-9.]+) ms', timing)[1]) / 1000
                print(json.dumps({'seconds': seconds, **counts(row.split('|'), policy['names'])}), flush=True)
        finally:
            server.stop()


if __name__ == '__main__':
    main()
