#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What editors colour: the tokens of the TextMate grammar over all examples, the library and a sample of the grammar.
    tokens.py MUSTER"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / 'editors'))
import generate  # noqa: E402

GRAMMAR = ROOT / 'editors' / 'vscode' / 'syntaxes' / 'muster.tmLanguage.json'
KEYWORD = re.compile(r'^(keyword|storage|constant)\.')
# Where a word of the language is a name.
NAME = re.compile(r'^(variable\.other\.(member|property|quoted)|string|comment)')

# A text, and for each of its tokens the first words of its innermost scope.
SAMPLES = [
    ('  must drilled "Drilled {{once}}" { require kind == must.level else "is {kind} at {days(age)}" }',
     'must keyword.other.policy|drilled variable.other|" string|Drilled  string|{{ constant.character.escape|once string'
     '|}} constant.character.escape|" string|{ punctuation|require keyword.other.clause|kind variable.other'
     '|== keyword.operator|must keyword.other.policy|. punctuation.accessor|level variable.other.member'
     '|else keyword.control|" string|is  string|{ punctuation.section|kind variable.other|} punctuation.section'
     '| at  string|{ punctuation.section|days entity.name.function|( punctuation|age variable.other|) punctuation'
     '|} punctuation.section|" string|} punctuation'),
    ('  given { owner: none, key: "k", load: 1_000 }  // a note',
     'given keyword.other.test|{ punctuation|owner variable.other.property|: punctuation|none constant.language'
     '|, punctuation|key variable.other.property|: punctuation|" string|k string|" string|, punctuation'
     '|load variable.other.property|: punctuation|1_000 constant.numeric|} punctuation|// a note comment.line'),
    ('  owner "kim" owner is not present and when >= 2026-11-23 - 90 days',
     'owner keyword.other.clause|" string|kim string|" string|owner variable.other|is keyword.operator.word'
     '|not keyword.operator.word|present keyword.operator.word|and keyword.operator.logical|when keyword.other.clause'
     '|>= keyword.operator|2026-11-23 constant.other.date|- keyword.operator|90 constant.numeric|days keyword.other.unit'),
    ('bind Project.support from s on key { level <- policy.must as points  x <- y map { "a" => v1.2, else => 80% } }',
     'bind keyword|Project entity.name.type|. punctuation.accessor|support variable.other.member|from keyword|s variable'
     '|on keyword|key variable.other|{ punctuation|level variable.other.member|<- keyword.operator'
     '|policy variable.other.member|. punctuation.accessor|must variable.other.member|as keyword|points keyword'
     '|x variable.other.member|<- keyword.operator|y variable.other.member|map keyword|{ punctuation|" string|a string'
     '|" string|=> keyword.operator|v1.2 constant.numeric.version|, punctuation|else keyword.control|=> keyword.operator'
     '|80% constant.numeric.percent|} punctuation|} punctuation'),
    ('/// says why\nrequire any d in drills where d.`at`: count(x in d.xs) in 1..3 or t matches r"\\d+{x}"',
     '/// says why comment.line.documentation|require keyword|any keyword|d variable|in keyword.operator|drills variable'
     '|where keyword.operator|d variable|. punctuation|`at` variable.other.quoted|: punctuation|count keyword'
     '|( punctuation|x variable|in keyword.operator|d variable|. punctuation|xs variable.other.member|) punctuation'
     '|in keyword.operator|1 constant.numeric|.. keyword.operator|3 constant.numeric|or keyword.operator|t variable'
     '|matches keyword|r" string.quoted.raw|\\d+{x} string.quoted.raw|" string.quoted.raw'),
]


class Tests:
    def __init__(self):
        self.passed = self.failed = 0

    def tell(self, name, problems):
        self.passed += not problems
        self.failed += bool(problems)
        for problem in problems[:10]:
            print(f'{name}: {problem}')


def read_tokens(texts):
    done = subprocess.run(['node', HERE / 'tokens.mjs'], input=json.dumps({'grammar': str(GRAMMAR), 'texts': texts}),
                          capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f'tokens.mjs failed:\n{done.stderr}')
    return json.loads(done.stdout)


def main():
    missing = 'node is not installed' if not shutil.which('node') else \
        '' if (HERE / 'node_modules' / 'vscode-textmate').is_dir() else 'npm\'s vscode-textmate is not installed'
    if missing:
        print(f'skipped: tokens of the grammar: {missing}: `./dev setup clients` installs it')
        return 77
    files = [path for folder in ('examples', 'stdlib', 'starter', 'tests/grammar')
             for path in sorted((ROOT / folder).rglob('*.muster'))]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding='utf-8') for path in files}
    samples = {f'sample {i + 1}': text for i, (text, _) in enumerate(SAMPLES)}
    tokens = read_tokens({**texts, **samples})
    tests = Tests()

    reserved, groups = generate.read_words()
    words = {word for listed in groups.values() for word in listed} | set(reserved)
    seen = {piece for listed in tokens.values() for _, _, piece, scopes in listed if KEYWORD.match(scopes[-1])}
    for name in texts:
        problems = []
        for line, column, piece, scopes in tokens[name]:
            inner = scopes[-1]
            if len(scopes) == 1:
                problems.append(f'{line}:{column}: `{piece}` has no scope')
            if piece in reserved and not KEYWORD.match(inner) and not any(NAME.match(scope) for scope in scopes):
                problems.append(f'{line}:{column}: `{piece}` is reserved and has the scope {inner}')
        # A text that was not closed, or a bracket in one, would run on.
        if tokens[name] and not tokens[name][-1][3][-1].startswith(('punctuation', 'string', 'comment', 'constant', 'keyword', 'variable', 'support')):
            problems.append(f'ends within {tokens[name][-1][3]}')
        tests.tell(name, problems)
    tests.tell('every word of the language', [f'`{word}` is never shown as one' for word in sorted(words - seen)])

    for (text, expected), name in zip(SAMPLES, samples):
        wanted = [piece.rsplit(' ', 1) for piece in expected.split('|')]
        found = [[piece, scopes[-1]] for _, _, piece, scopes in tokens[name]]
        # Neighbours of one scope may come as one.
        problems = [f'`{piece}` is {scope}, not {want} of `{wanted_piece}`'
                    for (piece, scope), (wanted_piece, want) in zip(found, wanted)
                    if piece.strip() != wanted_piece.strip() or not scope.startswith(want)]
        if len(found) != len(wanted):
            problems.append(f'{len(found)} tokens, not {len(wanted)}')
        tests.tell(f'`{text}`', problems)

    print(f'{tests.passed} passed, {tests.failed} failed')
    return 1 if tests.failed else 0


if __name__ == '__main__':
    sys.exit(main())
