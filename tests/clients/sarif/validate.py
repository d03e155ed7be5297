#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds what `muster check --format sarif` writes against the standard: its schema, by ajv, and the rules of Microsoft's
multitool, whose report is read because it ends with 0 on errors, too.    validate.py MUSTER"""
import json
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SUBJECT = 'subject S { key id: text  n: int  tested: bool }\n'
PROJECTS = {
    'nothing found': {'a.muster': SUBJECT + 'policy p for S "P" { must c "C" { require n > 3 } }\n'},
    'lints with labels and fixes': {
        'a file with blanks.muster': SUBJECT + 'policy p for S "P" {\n  must c "C" {\n    let n = 1\n'
                                     '    require not not tested\n    require n > 5 and n < 3\n  }\n}\n'},
    'errors in several files': {
        'a.muster': SUBJECT + 'policy p for S "\u00fc\u4e2d" { must c "C" { require tseted else "\u00fc" } }\n',
        'b/c.muster': 'policy {\n'},
}
# Asks where the tool is at home on the web: it has no page there.
NOT_OURS = {'SARIF2005'}


def schema_problems(text):
    done = subprocess.run(['node', HERE / 'validate.mjs'], input=text, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout.splitlines() + ([done.stderr] if done.returncode else [])


def multitool_problems(text, tool):
    with tempfile.TemporaryDirectory() as folder:
        given, report = pathlib.Path(folder) / 'given.sarif', pathlib.Path(folder) / 'report.sarif'
        given.write_text(text, encoding='utf-8')
        done = subprocess.run([tool, 'validate', given, '--output', report, '--log', 'ForceOverwrite'],
                              capture_output=True, text=True, timeout=300, check=False,
                              env={'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT': '1', 'HOME': folder, 'TMPDIR': folder})
        if not report.exists():
            return [f'the multitool wrote no report: {done.stdout}{done.stderr}']
        run = json.loads(report.read_text(encoding='utf-8-sig'))['runs'][0]
        problems = [each['message'].get('text', '') for notes in run.get('invocations', [])
                    for each in notes.get('toolExecutionNotifications', []) if each.get('level') == 'error']
        return problems + [f"{each['ruleId']}: {each['message'].get('text') or each['message'].get('arguments')}"
                           for each in run.get('results', [])
                           if each.get('level', 'warning') in ('error', 'warning') and each['ruleId'] not in NOT_OURS]


def main():
    muster = pathlib.Path(sys.argv[1]).resolve()
    tool = HERE / 'node_modules' / '@microsoft' / 'sarif-multitool-linux' / 'Sarif.Multitool'
    missing = 'node is not installed' if not shutil.which('node') else \
        '' if (HERE / 'node_modules' / 'ajv-draft-04').is_dir() and tool.is_file() else 'what npm has for it is not installed'
    if missing:
        print(f'skipped: SARIF of findings: {missing}: `./dev setup clients` installs it')
        return 77
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    passed = failed = 0

    def tell(name, problems):
        nonlocal passed, failed
        passed += not problems
        failed += bool(problems)
        for problem in problems[:10]:
            print(f'{name}: {problem}')

    for name, files in PROJECTS.items():
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                place = pathlib.Path(folder) / path
                place.parent.mkdir(exist_ok=True)
                place.write_text(text, encoding='utf-8')
            text = subprocess.run([muster, 'check', '.', '--format', 'sarif'], cwd=folder, capture_output=True, text=True,
                                  timeout=60, check=False).stdout
        tell(f'{name}, schema', schema_problems(text))
        tell(f'{name}, multitool', multitool_problems(text, tool))
    # A reader that lets everything pass would hold nothing.
    broken = text.replace('"startLine":1', '"startLine":0', 1)
    tell('a broken document', [] if broken != text and schema_problems(broken) else ['its schema lets it pass'])
    tell('a broken document', [] if multitool_problems(broken, tool) else ['the multitool lets it pass'])
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
