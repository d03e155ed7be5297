#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the editors' highlighting from the tables of the language's words and signs.    generate.py [--check]
With --check nothing is written; files that are not what would be written are named, and the end is 1."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
RULES = ROOT / 'grammar' / 'rules'

# Where a word of the language is none of it: its shape there is another. What isn't named stands anywhere.
#   text: before a text    name: before a name    call: before `(`    value: before a number, a level or `none`
BEFORE = {
    'text': 'test because why fix see owner delimiter env query split strip_prefix strip_suffix case',
    'name': 'enum record evidence subject extends shared param define policy waive source bind fixture key label private'
            ' section locked gate score levels show let set tighten promote demote amend replace drop lock tags tagged'
            ' level no',
    'call': 'count sum min max avg first latest passes',
    'value': 'weight effective empty cap until',
}
SCOPES = {  # by the heading of the words in keywords.def
    'declarations': ('keyword.other.declaration', 'Structure', 'font-lock-keyword-face'),
    'fields and types': ('storage.modifier', 'StorageClass', 'font-lock-keyword-face'),
    'what stands in a policy': ('keyword.other.policy', 'Keyword', 'font-lock-keyword-face'),
    'clauses': ('keyword.other.clause', 'Statement', 'font-lock-keyword-face'),
    'gates and scores': ('keyword.other.score', 'Keyword', 'font-lock-builtin-face'),
    'expressions': ('keyword.operator.word', 'Operator', 'font-lock-builtin-face'),
    'waivers, sources and bindings': ('keyword.other.binding', 'PreProc', 'font-lock-builtin-face'),
    'tests': ('keyword.other.test', 'Keyword', 'font-lock-keyword-face'),
}
CONTROL = ('if', 'then', 'else')
CONSTANTS = ('true', 'false', 'none', 'unknown')
STATES = ('known', 'unknown', 'present', 'absent')
BRACKETS = ('comma', 'colon', 'open_brace', 'close_brace', 'open_bracket', 'close_bracket', 'open_list', 'close_list')
NOTE = 'Written by editors/generate.py from grammar/rules; changes belong there.'


def read_words():
    """(reserved words, heading -> words)"""
    reserved, groups, heading = [], {}, ''
    for line in (RULES / 'keywords.def').read_text().splitlines():
        if found := re.match(r'// (.*[^.;])$', line):
            heading = found[1]
        elif found := re.match(r'MUSTER_RESERVED\((\w+)\)', line):
            reserved.append(found[1])
        elif found := re.match(r'MUSTER_WORD\((\w+)\)', line):
            groups.setdefault(heading, []).append(found[1])
    unknown = set(groups) - set(SCOPES)
    if unknown:
        sys.exit(f'generate.py: how are the words of {", ".join(sorted(unknown))} shown? SCOPES says nothing')
    return reserved, groups


def read_signs():
    found = re.findall(r'MUSTER_SIGN\((\w+), "([^"]+)"\)', (RULES / 'operators.def').read_text())
    return [(name, sign) for name, sign in found]


def read_units():
    text = (RULES / 'token_kind.cpp').read_text()
    return re.findall(r'"(\w+)"', re.search(r'kUnits[^{]*\{([^}]*)\}', text)[1])


def read_types():
    text = (ROOT / 'compiler' / 'check' / 'type_refs.cpp').read_text()
    return re.findall(r'\{"(\w+)", types::k', text)


def shape(word):
    return next((name for name, words in BEFORE.items() if word in words.split()), 'any')


def by_shape(words):
    shapes = {}
    for word in words:
        shapes.setdefault(shape(word), []).append(word)
    return shapes


def alternatives(words):
    return '|'.join(sorted(words, key=lambda word: (-len(word), word)))


# ---- TextMate ----

TEXTMATE_BEFORE = {
    'any': r'(?!\()',  # with the bracket right behind it, it is a function
    'text': r'(?=\s*(?:r?"|$))',
    'name': r'(?=\s+(?!{reserved})[A-Za-z_`])',
    'call': r'(?=\s*\()',
    'value': r'(?=\s+(?:[0-9]|(?:must|should|may|none)\b))',
}


def textmate(reserved, groups, signs, units, types):
    reserved_only = r'(?:' + alternatives(reserved) + r')\b'
    before = {name: text.replace('{reserved}', reserved_only) for name, text in TEXTMATE_BEFORE.items()}
    operators = [word for word in reserved if word not in CONTROL + CONSTANTS]

    def match(scope, pattern, captures=None):
        rule = {'match': pattern}
        if scope:
            rule['name'] = scope + '.muster'
        if captures:
            rule['captures'] = {str(i): {'name': name + '.muster'} for i, name in captures.items()}
        return rule

    expression = [
        {'include': '#literals'},
        {'include': '#names-in-their-place'},
        {'include': '#words'},
        {'include': '#names'},
        {'include': '#signs'},
    ]
    words = [
        match(None, rf'\b(is)(?:\s+(not))?\s+({alternatives(STATES)})\b',
              {1: 'keyword.operator.word', 2: 'keyword.operator.word', 3: 'keyword.operator.word'}),
        match('keyword.control', rf'\b(?:{alternatives(CONTROL)})\b'),
        match('constant.language', rf'\b(?:{alternatives(CONSTANTS)})\b'),
        match('keyword.operator.logical', rf'\b(?:{alternatives(operators)})\b'),
    ]
    for heading, listed in groups.items():
        for name, some in by_shape(listed).items():
            words.append(match(SCOPES[heading][0], rf'\b(?:{alternatives(some)})\b{before[name]}'))
    punctuation = [sign for name, sign in signs if name in BRACKETS]
    others = [sign for name, sign in signs if name not in BRACKETS]
    return {
        '$schema': 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
        'name': 'Muster',
        'comment': NOTE,
        'scopeName': 'source.muster',
        'fileTypes': ['muster'],
        'patterns': [{'include': '#comments'}, {'include': '#texts'}, *expression],
        'repository': {
            'comments': {'patterns': [
                match('comment.line.documentation', r'///(?!/).*$'),
                match('comment.line.double-slash', r'//.*$'),
            ]},
            'texts': {'patterns': [
                {'name': 'string.quoted.raw.muster', 'begin': r'\br"', 'end': r'"|$'},
                {'name': 'string.quoted.double.muster', 'begin': '"', 'end': r'"|$', 'patterns': [
                    match('constant.character.escape', r'\\(?:["\\nt]|u\{[0-9A-Fa-f]+\})|\{\{|\}\}'),
                    {'name': 'meta.interpolation.muster', 'begin': r'\{', 'end': r'\}|(?=")',
                     'beginCaptures': {'0': {'name': 'punctuation.section.interpolation.begin.muster'}},
                     'endCaptures': {'0': {'name': 'punctuation.section.interpolation.end.muster'}},
                     'patterns': expression},
                ]},
            ]},
            'literals': {'patterns': [
                match('constant.other.date', r'\b\d{4}-\d{2}-\d{2}(?:T[0-9:.]*(?:Z|[+-][0-9:]+)?)?'),
                match('constant.numeric.version', r'\bv\d+(?:\.\d+)+(?:-[0-9A-Za-z.-]+)?'),
                match(None, rf'\b([0-9][0-9_]*(?:\.[0-9_]+)?)[ \t]+({alternatives(units)})\b',
                      {1: 'constant.numeric', 2: 'keyword.other.unit'}),
                match('constant.numeric.percent', r'\b[0-9][0-9_]*(?:\.[0-9_]+)?%'),
                match('constant.numeric', r'\b[0-9][0-9_]*(?:\.[0-9_]+)?\b'),
            ]},
            # Behind a dot, and before a colon or an arrow, any word is a name.
            'names-in-their-place': {'patterns': [
                match('variable.other.quoted', r'`[^`]*`?'),
                match(None, r'(\.\.\.)', {1: 'keyword.operator'}),
                match(None, r'(\.\.)', {1: 'keyword.operator'}),
                match(None, r'(\?\.|\.)\s*([A-Za-z_]\w*)', {1: 'punctuation.accessor', 2: 'variable.other.member'}),
                match('punctuation.accessor', r'\?\.|\.'),
                match(None, r'(<-)\s*([A-Za-z_]\w*)', {1: 'keyword.operator', 2: 'variable.other.member'}),
                match('variable.other.member', r'\b[A-Za-z_]\w*(?=(?:\s*\.\s*\w+)*\s*<-)'),
                match('variable.other.property', rf'\b(?!{reserved_only})[A-Za-z_]\w*(?=\s*:)'),
            ]},
            'words': {'patterns': words},
            'names': {'patterns': [
                match('support.type', rf'\b(?:{alternatives(types)})\b(?!\s*\()'),
                match('entity.name.type', r'\b[A-Z]\w*'),
                match('entity.name.function', r'\b[A-Za-z_]\w*(?=\()'),
                match('variable.other', r'\b[A-Za-z_]\w*'),
            ]},
            'signs': {'patterns': [
                match('keyword.operator', '|'.join(re.escape(sign) for sign in others)),
                match('punctuation.separator', '|'.join(re.escape(sign) for sign in punctuation if sign in ',:')),
                match('punctuation.bracket', '|'.join(re.escape(sign) for sign in punctuation if sign not in ',:')),
            ]},
        },
    }


# ---- Vim and Neovim ----

VIM_BEFORE = {
    'any': r'(\@!',
    'text': r'\ze\%(\s*r\?"\|\s*$\)',
    'name': r'\ze\s\+[A-Za-z_`]',
    'call': r'\ze\s*(',
    'value': r'\ze\s\+\%([0-9]\|must\>\|should\>\|may\>\|none\>\)',
}


def sign_class(signs):
    """The characters of all signs but brackets; a hyphen stands first, where it is no range."""
    characters = {character for name, sign in signs if name not in BRACKETS for character in sign}
    return ''.join(sorted(characters, key=lambda character: (character != '-', character)))


def vim(reserved, groups, signs, units, types):
    def words(listed):
        return r'\<\%(' + r'\|'.join(sorted(listed, key=lambda word: (-len(word), word))) + r'\)\>'

    lines = ['" SPDX-License-Identifier: Apache-2.0', f'" {NOTE}', "if exists('b:current_syntax')", '  finish', 'endif', '',
             '" Of two that begin at one place the later wins.',
             rf"syntax match musterOperator '[{sign_class(signs)}]'",
             r"syntax match musterType '\<[A-Z]\w*'",
             rf"syntax match musterType '{words(types)}\ze\%(\s*(\)\@!'",
             r"syntax match musterFunction '\<[a-z_]\w*\ze('"]
    links = {'musterOperator': 'Operator', 'musterType': 'Type', 'musterFunction': 'Function'}
    for heading, listed in groups.items():
        name = 'muster' + ''.join(part.capitalize() for part in re.findall(r'\w+', heading))
        links[name] = SCOPES[heading][1]
        for shape_name, some in by_shape(listed).items():
            lines.append(f"syntax match {name} '{words(some)}{VIM_BEFORE[shape_name]}'")
    operators = [word for word in reserved if word not in CONTROL + CONSTANTS]
    lines += [
        r"syntax match musterName '\<\h\w*\ze\s*:'",
        r"syntax match musterName '\<\h\w*\ze\%(\s*\.\s*\w\+\)*\s*<-'",
        r"syntax match musterName '?\?\.\s*\zs\h\w*'",
        f"syntax match musterLogical '{words(operators)}'",
        r"syntax match musterLogical '\<is\s\+\%(not\s\+\)\?\%(" + r'\|'.join(STATES) + r"\)\>'",
        f"syntax match musterConditional '{words(CONTROL)}'",
        f"syntax match musterConstant '{words(CONSTANTS)}'",
        r"syntax match musterNumber '\<\d[0-9_]*\%(\.\d[0-9_]*\)\?%\?'",
        rf"syntax match musterNumber '\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\s\+{words(units)}'",
        r"syntax match musterNumber '\<v\d\+\%(\.\d\+\)\+\%(-[0-9A-Za-z.-]\+\)\?'",
        r"syntax match musterNumber '\<\d\{4}-\d\d-\d\d\%(T[0-9:.]*\%(Z\|[+-][0-9:]\+\)\?\)\?'",
        r"syntax match musterQuoted '`[^`]*`'",
        r"syntax match musterEscape contained '\\\%([" + '"' + r"\\nt]\|u{\x\+}\)\|{{\|}}'",
        r"syntax match musterInterpolation contained '{[^{}" + '"' + r"]*}'",
        r"""syntax region musterText oneline start='"' skip='\\.' end='"' contains=musterEscape,musterInterpolation,@Spell""",
        r"""syntax match musterText '\<r"[^"]*"'""",
        r"syntax match musterComment '//.*$' contains=@Spell",
        r"syntax match musterDocumentation '///\%(/\)\@!.*$' contains=@Spell",
        '']
    links.update({'musterLogical': 'Operator', 'musterConditional': 'Conditional', 'musterConstant': 'Constant',
                  'musterNumber': 'Number', 'musterName': 'Identifier', 'musterQuoted': 'Identifier',
                  'musterText': 'String', 'musterEscape': 'SpecialChar', 'musterInterpolation': 'Special',
                  'musterComment': 'Comment', 'musterDocumentation': 'SpecialComment'})
    lines += [f'highlight default link {name} {group}' for name, group in links.items()]
    return '\n'.join([*lines, '', "let b:current_syntax = 'muster'", ''])


# ---- Emacs ----

EMACS_BEFORE = {
    'any': r'\(?:[^(]\|$\)',
    'text': r'[ \t]*\(?:r?"\|$\)',
    'name': r'[ \t]+[A-Za-z_`]',
    'call': r'[ \t]*(',
    'value': r'[ \t]+\(?:[0-9]\|must\_>\|should\_>\|may\_>\|none\_>\)',
}


def emacs(reserved, groups, units, types):
    def text(pattern):
        return '"' + pattern.replace('\\', '\\\\').replace('"', '\\"') + '"'

    def words(listed):
        return r'\_<\(' + r'\|'.join(sorted(listed, key=lambda word: (-len(word), word))) + r'\)\_>'

    operators = [word for word in reserved if word not in CONTROL + CONSTANTS]
    rows = [
        # The first that matches wins.
        (r'[?]?\.[ \t]*\([A-Za-z_][A-Za-z0-9_]*\)', "'default"),
        (r'\_<\(is\)[ \t]+\(?:not[ \t]+\)?' + words(STATES), 'font-lock-keyword-face'),
        (words(CONTROL), 'font-lock-keyword-face'),
        (words(CONSTANTS), 'font-lock-constant-face'),
        (words(operators), 'font-lock-keyword-face'),
        (r'\_<\([A-Za-z_][A-Za-z0-9_]*\)[ \t]*\(?::\|\(?:\.[A-Za-z_][A-Za-z0-9_]*\)*[ \t]*<-\)', 'font-lock-variable-name-face'),
    ]
    for heading, listed in groups.items():
        for name, some in by_shape(listed).items():
            rows.append((words(some) + EMACS_BEFORE[name], SCOPES[heading][2]))
    rows += [
        (r'\_<\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\(?:T[0-9:.]*\(?:Z\|[+-][0-9:]+\)?\)?\)', 'font-lock-constant-face'),
        (r'\_<\(v[0-9]+\(?:\.[0-9]+\)+\(?:-[0-9A-Za-z.-]+\)?\)', 'font-lock-constant-face'),
        (r'\_<\([0-9][0-9_]*\(?:\.[0-9_]+\)?%?\(?:[ \t]+\(?:' + r'\|'.join(units) + r'\)\_>\)?\)', 'font-lock-constant-face'),
        (words(types), 'font-lock-type-face'),
        (r'\_<\([A-Z][A-Za-z0-9_]*\)\_>', 'font-lock-type-face'),
        (r'\_<\([A-Za-z_][A-Za-z0-9_]*\)(', 'font-lock-function-name-face'),
    ]
    listed = '\n'.join(f'    ({text(pattern)} 1 {face})' for pattern, face in rows)
    return f''';;; muster-words.el --- The words of Muster -*- lexical-binding: t; case-fold-search: nil -*-
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:
;; {NOTE}

;;; Code:

(defconst muster-font-lock-keywords
  '(
{listed})
  "How words are shown, the first that matches.")

(provide 'muster-words)
;;; muster-words.el ends here
'''


def outputs():
    reserved, groups = read_words()
    signs, units, types = read_signs(), read_units(), read_types()
    if not all((reserved, groups, signs, units, types)):
        sys.exit('generate.py: a table of the language can no longer be read')
    tables = (reserved, groups, signs, units, types)
    grammar = json.dumps(textmate(*tables), indent=2) + '\n'
    return {
        'editors/vscode/syntaxes/muster.tmLanguage.json': grammar,
        'editors/vim/syntax/muster.vim': vim(*tables),
        'editors/nvim/syntax/muster.vim': vim(*tables),
        'editors/emacs/muster-words.el': emacs(reserved, groups, units, types),
    }


def main():
    check = '--check' in sys.argv[1:]
    failed = 0
    for name, text in outputs().items():
        path = ROOT / name
        if path.is_file() and path.read_text(encoding='utf-8') == text:
            continue
        if check:
            print(f'{name} is stale: run editors/generate.py')
            failed += 1
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
        print(f'wrote {name}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
