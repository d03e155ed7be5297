#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds examples/best-practices-badge to its generator, and the generator to what it promises: the policy beside it is
what it writes, whatever it writes is formatted and clean, each combination of flags is judged as tests/truth.py judges
it, and a catalogue that is wrong is refused.    best_practices_badge_example.py MUSTER"""
import importlib.util
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / 'examples' / 'best-practices-badge'
LEVELS = ['passing', 'silver', 'gold']
FLAGS = ['na_allowed', 'na_justification_required', 'met_justification_required', 'met_url_required']
REASONS = [None, '', 'ok', 'größ', 'größe', '     ', '// a note', '//no note', '// see https://site.example', ['a reason'],
           'https://site.example', 'at http://x.yz', 'at http://x.yzw', 'HTTP://SITE.EXAMPLE', 'ftp://site.example',
           'a\nhttps://site.example']

failures = []
passed = 0


def expect(what, seen, wanted):
    global passed
    passed += seen == wanted
    if seen != wanted:
        failures.append(what)
        print(f'{what}:\n  wanted {wanted!r}\n  seen   {seen!r}')


def entry(identifier, level='passing', category='MUST', flags=(False,) * 4, **more):
    return {'level': level, 'section': 'Basics', 'subsection': 'Other', 'id': identifier, 'category': category, **dict(zip(FLAGS, flags)), **more}


def generate(folder, catalogue):
    """(code, the policy, what is told) of a catalogue, or of a text in its place"""
    path = pathlib.Path(folder, 'criteria.json')
    path.write_text(catalogue if isinstance(catalogue, str) else json.dumps(catalogue), encoding='utf-8')
    done = subprocess.run([sys.executable, EXAMPLE / 'generate.py', path], capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode().replace(str(path), 'criteria.json')


def load(script):
    spec = importlib.util.spec_from_file_location(script.stem, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(muster, *arguments):
    done = subprocess.run([muster, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120, check=False)
    return done.returncode, done.stdout.decode()


def the_example(muster, folder):
    code, policy, told = generate(folder, (EXAMPLE / 'criteria.json').read_text(encoding='utf-8'))
    expect('the example generates', (code, told), (0, ''))
    expect('the policy beside it is current', policy.splitlines(), (EXAMPLE / 'badge.muster').read_text(encoding='utf-8').splitlines())
    expect('it is formatted', run(muster, 'fmt', '--check', EXAMPLE)[0], 0)
    expect('it is clean', run(muster, 'check', '--deny', 'warnings', EXAMPLE)[0], 0)
    expect('its tests pass', run(muster, 'test', EXAMPLE)[0], 0)


def odd_catalogues():
    """Names, texts and lengths that a layout may stumble over."""
    words = 'and or not in is where true false none unknown must should may section test policy gate score levels answer met na today'
    yield [entry(word) for word in words.split()]
    yield [entry(name) for name in ('require_2FA', 'a.b-C', 'a b', 'usesTLS')] + [entry('require_2FA', 'gold')]
    yield [entry('later', 'gold'), entry('first', 'silver'), entry('later', 'silver')]
    yield [entry('x', title='It says "{so}" \\ \t\x07é', why='{braces} "quotes" \\ back\nline  two\x1b', see='https://site.example/?a="b"&c={d}')]
    yield [entry('x', section='Where', subsection='in')]
    for length in range(1, 120):
        # The record of answers, the binding, the `let` and the reason cross the width of a line, each at another length.
        yield [entry('x' * length), entry('X_' + 'y' * length)]
        yield [entry('x', why='w' * length + ' and ' * (length % 7) + 'more' * length)]
        yield [entry('x', why='a \\ " {b} ' * length)]


def odd_names_and_texts(muster, folder):
    generator = load(EXAMPLE / 'generate.py')
    catalogues = list(odd_catalogues())
    for number, catalogue in enumerate(catalogues):
        expect(f'odd catalogue {number} is right', list(generator.problems(catalogue)), [])
        policy = pathlib.Path(folder, f'odd_{number}.muster')
        policy.write_text(generator.text_of(catalogue, 'criteria.json'), encoding='utf-8')
        if number < 5:
            answers = {each['id']: {'status': 'Met', 'justification': 'https://site.example'} for each in catalogue}
            judged, = judge(muster, policy, [{'id': 'p', 'answers': answers}]) or [{'criteria': {}}]
            statuses = [criterion['status'] for criterion in judged['criteria'].values()]
            expect(f'odd catalogue {number} is read', statuses, ['met'] * len(catalogue))
    expect('odd catalogues are formatted', run(muster, 'fmt', '--check', folder), (0, ''))
    # Of an entry at two levels both ask for the same.
    expect('odd catalogues are clean', run(muster, 'check', '--deny', 'warnings', '--ignore', 'MU1017', folder), (0, f'{len(catalogues)} files, nothing found\n'))


def judge(muster, policy, projects):
    data = policy.with_suffix('.ndjson')
    data.write_text(''.join(json.dumps(project) + '\n' for project in projects), encoding='utf-8')
    return [json.loads(line) for line in run(muster, 'eval', policy, '--data', data, '--format', 'ndjson')[1].splitlines()]


def combinations():
    """Each combination of a category and flags at each level, and so many more at the lowest that the cap is felt."""
    for level in LEVELS:
        for category, flags in itertools.product(['MUST', 'SHOULD', 'SUGGESTED'], itertools.product([False, True], repeat=4)):
            if flags[0] or not flags[1]:
                yield entry('_'.join(['c', category.lower(), *(flag for flag, isset in zip(FLAGS, flags) if isset)]), level, category, flags)
    yield from (entry(f'filler_{number}') for number in range(220))


def random_projects(catalogue):
    chance = random.Random(20261123)
    ids = sorted({each['id'] for each in catalogue})
    for number in range(120):
        answers = {}
        for identifier in ids:
            if identifier.startswith('filler'):
                answers[identifier] = {'status': 'Met'}
                continue
            status = chance.choice(['Met', 'Unmet', 'N/A', 'Met', 'Unmet', 'N/A', '?', 'MET', None])
            answer = {'status': status, 'justification': chance.choice(REASONS)}
            answers[identifier] = {key: value for key, value in answer.items() if chance.random() < 0.95}
        yield {'id': f'random_{number}', 'answers': {key: answer for key, answer in answers.items() if answer or chance.random() < 0.5}}
    good = {identifier: {'status': 'Met', 'justification': 'https://site.example'} for identifier in ids}
    yield {'id': 'good', 'answers': good}
    yield {'id': 'all but one', 'answers': {**good, 'filler_7': {'status': 'Unmet', 'justification': 'a reason'}}}
    yield {'id': 'all but one, which may be', 'answers': {key: answer for key, answer in good.items() if key != 'filler_7'}}
    yield {'id': 'nothing', 'answers': {}}


def all_flags(muster, folder):
    truth = load(EXAMPLE / 'tests' / 'truth.py')
    catalogue = list(combinations())
    projects = list(random_projects(catalogue))
    policy = pathlib.Path(folder, 'all_flags.muster')
    policy.write_text(generate(folder, catalogue)[1], encoding='utf-8')
    results = judge(muster, policy, projects)
    expect('all projects are judged', [result['subject'] for result in results], [project['id'] for project in projects])
    seen = set()
    for project, result in zip(projects, results):
        wanted = truth.verdict(catalogue, project['answers'])
        judged = {'gates': result['gates'], 'levels': result.get('levels', {}), 'scores': result['scores'],
                  'criteria': {name: criterion['status'] for name, criterion in result['criteria'].items()}}
        wanted['levels'] = {name: level for name, level in wanted['levels'].items() if level}
        for kind, values in wanted.items():
            expect(f'{kind} of {project["id"]}', judged[kind], values)
        seen |= set(judged['criteria'].values())
    expect('each status occurs', seen, {'met', 'unmet', 'na', 'unknown'})
    shares = {result['subject']: result['scores']['passing'] for result in results}
    expect('99 of 100 until all are met', shares.get('all but one'), {'low': 99, 'high': 99, 'shown': 99})
    expect('what is not answered may be', shares.get('all but one, which may be'), {'low': 99, 'high': 100, 'shown': 99})


def mistakes(folder):
    good = entry('build')

    def without(key):
        return {name: value for name, value in good.items() if name != key}

    for key in good:
        expect(f'without {key}', generate(folder, [good | {'id': 'other'}, without(key)]),
               (2, '', f'criteria.json: entry 2{"" if key == "id" else " (`build`)"}: has no `{key}`\n'))
    for name, catalogue, told in [
            ('category', [entry('build', category='COULD')], 'entry 1 (`build`): `COULD` is no category; there are `MUST`, `SHOULD`, `SUGGESTED`'),
            ('level', [entry('build', 'platinum')], 'entry 1 (`build`): `platinum` is no level; there are `passing`, `silver`, `gold`'),
            ('twice at a level', [good, entry('test'), good], 'entry 3 (`build`): stands at passing already, in entry 1'),
            ('one name for two', [entry('a_gold'), entry('a'), entry('a', 'gold')], '`a` at gold would be called `a_gold`, as `a_gold` is'),
            ('one name for two spellings', [entry('a_b'), entry('A b')], '`A b` at passing would be called `a_b`, as `a_b` is'),
            ('another key', [good | {'na_alowed': True}], 'entry 1 (`build`): has a key `na_alowed`, which means nothing here'),
            ('no flag', [good | {'na_allowed': 'yes'}], 'entry 1 (`build`): `na_allowed` is neither true nor false'),
            ('no text', [good | {'section': 7}], 'entry 1 (`build`): `section` is no text'),
            ('empty title', [good | {'title': ' '}], 'entry 1 (`build`): `title` is no text'),
            ('id is no text', [good | {'id': ['build']}], 'entry 1: `id` is no text'),
            ('no name', [good | {'section': '2 things'}], 'entry 1 (`build`): the section `2 things` makes no name, which begins with a letter from a to z'),
            ('id that is no name', [entry('2fa')], 'entry 1 (`2fa`): the id `2fa` makes no name, which begins with a letter from a to z'),
            ('flags that disagree', [good | {'na_justification_required': True}], 'entry 1 (`build`): `na_justification_required`, but not `na_allowed`'),
            ('no object', ['build'], 'entry 1: is no object'),
            ('nothing', [], 'holds no criterion'),
            ('no list', {'build': good}, 'is no list of criteria')]:
        expect(name, generate(folder, catalogue), (2, '', f'criteria.json: {told}\n'))
    expect('several', generate(folder, [without('level'), 'x', entry('b', category='must')])[2].count('\n'), 3)
    code, policy, told = generate(folder, '[{]')
    expect('no JSON', (code, policy, told.partition(': ')[2].startswith("can't be read: ")), (2, '', True))
    for arguments in ([], ['a', 'b'], [pathlib.Path(folder, 'nowhere.json')]):
        done = subprocess.run([sys.executable, EXAMPLE / 'generate.py', *arguments], capture_output=True, timeout=60, check=False)
        expect(f'{len(arguments)} arguments', (done.returncode, done.stdout, bool(done.stderr)), (2, b'', True))


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    for part in (lambda folder: the_example(muster, folder), lambda folder: odd_names_and_texts(muster, folder),
                 lambda folder: all_flags(muster, folder), mistakes):
        with tempfile.TemporaryDirectory() as folder:
            part(folder)
    print(f'{passed} passed, {len(failures)} failed')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
