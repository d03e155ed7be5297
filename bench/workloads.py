# SPDX-License-Identifier: Apache-2.0
"""Policies and data of a run of the benchmark, made in a folder of its own when they are first asked for."""
import dataclasses
import itertools
import json
import pathlib
import subprocess

import policies
import shapes
import spellings

HERE = pathlib.Path(__file__).parent
# Each with the shapes that it is judged over.
POLICIES = {'P10': ('flat40',), 'P40': ('flat40', 'dirty', 'wide200', 'small8'), 'P200': ('flat40',), 'PQ': ('flat40', 'nested'),
            'PA': ('flat40',), 'PN': ('small8',), 'PT': ('flat40',)}
# One over so many subjects that compiling its policy pays.
LONG = ('PN', 'small8', 8_000_000)


@dataclasses.dataclass(frozen=True)
class Data:
    path: pathlib.Path
    megabytes: float
    subjects: int


class Workloads:
    def __init__(self, programs, folder):
        self.generator = programs / 'bench_generate'
        self.peak = programs / 'bench_peak'
        self.columns = programs / 'bench_columns'
        self.jit = programs / 'libmuster_jit.so'
        self.folder = pathlib.Path(folder)
        self.made = {}

    def generate(self, shape, *size):
        """The generator's command line; a size is `--records N` or `--megabytes N`, perhaps with `--csv`."""
        return [str(word) for word in (self.generator, shapes.FILE, shape, *size)]

    def data(self, shape, *size):
        key = (shape, *size)
        if key not in self.made:
            is_csv = '--csv' in size
            path = self.folder / f'{"_".join(map(str, key)).replace("--", "")}.{"csv" if is_csv else "ndjson"}'
            with open(path, 'wb') as file:
                subprocess.run(self.generate(shape, *size), stdout=file, check=True)
            with open(path, 'rb') as file:
                subjects = sum(chunk.count(b'\n') for chunk in iter(lambda: file.read(1 << 20), b''))
            self.made[key] = Data(path, path.stat().st_size / 1e6, subjects - is_csv)
        return self.made[key]

    def head(self, data, records):
        """The first records of a file."""
        if data.subjects <= records:
            return data
        path = data.path.with_name(f'{data.path.stem}_{records}.ndjson')
        if not path.exists():
            with open(data.path, 'rb') as file:
                path.write_bytes(b''.join(itertools.islice(file, records)))
        return Data(path, path.stat().st_size / 1e6, records)

    def policy(self, name, shape):
        """The folder of a policy: NAME.muster, and what the peers need of it."""
        folder = self.folder / f'{name}_{shape}'
        if folder.exists():
            return folder
        folder.mkdir()
        written = HERE / 'policies' / f'{name.lower()}.muster'
        if written.exists():
            (folder / f'{name}.muster').write_bytes(written.read_bytes())
            criteria = (HERE / 'peers' / f'criteria_{name.lower()}.mjs').as_uri()
            (folder / 'criteria.mjs').write_text(f'export * from {json.dumps(criteria)};\n', encoding='utf-8')
            return folder
        policy = policies.make(shape, int(name[1:]))
        (folder / f'{name}.muster').write_text(policies.module_text(policy), encoding='utf-8')
        (folder / 'criteria.h').write_text(spellings.cpp(policy), encoding='utf-8')
        (folder / 'criteria.mjs').write_text(spellings.javascript(policy, (HERE / 'peers' / 'truth.mjs').as_uri()), encoding='utf-8')
        (folder / 'policy.json').write_text(json.dumps(spellings.description(policy)), encoding='utf-8')
        return folder

    def module(self, name, shape):
        return self.policy(name, shape) / f'{name}.muster'
