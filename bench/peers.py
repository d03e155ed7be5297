# SPDX-License-Identifier: Apache-2.0
"""Who is measured beside Muster, what each needs, and how it is started. The programs stand in peers/, with their
settings."""
import dataclasses
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess

import measure

FOLDER = pathlib.Path(__file__).with_name('peers')
COMPILER = os.environ.get('CXX', 'g++')
FLAGS = ['-std=c++20', '-O3', '-march=native']


@dataclasses.dataclass(frozen=True)
class Kind:
    name: str
    program: str
    # Arguments behind DATA and FOLDER.
    arguments: tuple = ()
    # npm's package, if it needs one.
    package: str = ''
    # It gets the first records only: it takes too long for all.
    records: int = 0


PARSE = Kind('simdjson, DOM parse alone', 'simdjson_parse.cpp')
DUCKDB = Kind('DuckDB, ndjson', 'duckdb.mjs', package='@duckdb/node-api')
DUCKDB_IN_MEMORY = Kind('DuckDB, in memory', 'duckdb.mjs', ('memory',), '@duckdb/node-api')
JAVASCRIPT = Kind('Node, JavaScript', 'node.mjs')
KINDS = [
    PARSE,
    Kind('simdjson, DOM and criteria', 'simdjson_dom.cpp'),
    Kind('simdjson, On-Demand and criteria', 'simdjson_on_demand.cpp'),
    DUCKDB,
    DUCKDB_IN_MEMORY,
    Kind('PostgreSQL, in memory', 'postgres.py'),
    JAVASCRIPT,
    Kind('CEL', 'cel.mjs', package='@marcbachmann/cel-js', records=20_000),
    Kind('Zen', 'zen.mjs', package='@gorules/zen-engine', records=5_000),
    Kind('Cedar', 'cedar.mjs', package='@cedar-policy/cedar-wasm', records=2_000),
]


def missing(kind):
    """What isn't installed, and how to install it; empty, if the peer can run."""
    if kind.program.endswith('.cpp') and not shutil.which(COMPILER):
        return f'no {COMPILER}: ./dev setup'
    if kind.program.endswith('.mjs') and not shutil.which('node'):
        return 'no Node: ./dev setup bench'
    if kind.package and not (FOLDER / 'node_modules' / kind.package).is_dir():
        return f'no {kind.package} in bench/peers/node_modules: ./dev setup bench'
    if kind.package and node_version() < least_node(kind):
        return f'Node {written(node_version())} is too old for {kind.package}, which needs {written(least_node(kind))}'
    if kind.program == 'postgres.py' and not list(pathlib.Path('/usr/lib/postgresql').glob('*/bin/postgres')):
        return 'no PostgreSQL: ./dev setup bench'
    return ''


def numbers(text):
    """Of the first version in a text: (20, 19, 0)."""
    found = re.search(r'\d+(\.\d+)*', text)
    return tuple(map(int, found[0].split('.'))) if found else ()


def written(version_numbers):
    return '.'.join(map(str, version_numbers))


@functools.cache
def node_version():
    return numbers(subprocess.run(['node', '--version'], capture_output=True, text=True, check=True).stdout)


def least_node(kind):
    """That its package asks for, as `>=20.19.0`; () if it doesn't say."""
    return numbers(described(kind).get('engines', {}).get('node', ''))


def described(kind):
    return json.loads((FOLDER / 'node_modules' / kind.package / 'package.json').read_text(encoding='utf-8'))


def version(kind):
    return f' ({kind.package} {described(kind)["version"]})' if kind.package else ''


def start(kind, data, folder):
    """`folder` holds criteria.h, criteria.mjs and policy.json of one policy."""
    program = FOLDER / kind.program
    if program.suffix == '.cpp':
        built = folder / program.stem
        subprocess.run([COMPILER, *FLAGS, '-I', folder, '-I', FOLDER, program, '-lsimdjson', '-o', built], check=True)
        return measure.Peer([built, data])
    return measure.Peer([shutil.which('python3' if program.suffix == '.py' else 'node'), program, data, folder, *kind.arguments])
