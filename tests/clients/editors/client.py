# SPDX-License-Identifier: Apache-2.0
"""What the tests with real editors share: the project that they open, and how their steps are counted. An editor's
script writes a line `ok STEP` or `not ok STEP: WHY` for each step to the file that MUSTER_STEPS names."""
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
# `min_covrage` is the mistake that editors see, and mend.
RULES = '''subject Service { key id: text  coverage: percent }

/// How much of the code the tests have to reach.
param min_coverage: percent = 80% in 50%..100%

policy ready for Service "Ready?" {
  must tested "Tests reach most of the code" {
    require coverage >= min_covrage else "only {coverage}"
  }
}
'''
TESTS = '''import rules (Service, ready, min_coverage)

test "a service" for ready as of 2026-11-23 {
  given { id: "s", coverage: 70% }
  with min_coverage = 60%
  expect tested met
}
'''


def skip(what, why):
    print(f'skipped: {what}: {why}')
    print('0 passed, 0 failed, 1 skipped')
    return 77


def has(*programs):
    return all(shutil.which(program) for program in programs)


def run_editor(muster, command, steps, timeout=120, files=None):
    """Runs the editor in a project of its own, with `files` (texts by name) beside its modules, `muster` first on the PATH.
    Every step of `steps` has to be told."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder, 'user')
        programs = pathlib.Path(folder, 'programs')
        project = pathlib.Path(folder, 'project')
        for each in (home, programs, project):
            each.mkdir()
        (programs / 'muster').symlink_to(pathlib.Path(muster).resolve())
        for name, text in {'muster.toml': '', 'rules.muster': RULES, 'rules_test.muster': TESTS, **(files or {})}.items():
            (project / name).write_text(text)
        told = pathlib.Path(folder, 'steps')
        told.touch()
        environment = {**os.environ, 'PATH': f'{programs}:{os.environ["PATH"]}', 'HOME': str(home), 'XDG_CONFIG_HOME': str(home),
                       'XDG_DATA_HOME': str(home), 'XDG_STATE_HOME': str(home), 'XDG_CACHE_HOME': str(home),
                       'MUSTER_STEPS': str(told), 'MUSTER_ROOT': str(ROOT)}
        try:
            done = subprocess.run(command, cwd=project, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=timeout, check=False)
            shown, ended = done.stdout.decode(errors='replace'), done.returncode == 0
        except subprocess.TimeoutExpired as late:
            shown, ended = (late.stdout or b'').decode(errors='replace'), False
        lines = told.read_text(errors='replace').splitlines()
    passed = [line[3:] for line in lines if line.startswith('ok ')]
    problems = [line for line in lines if line.startswith('not ok ')]
    problems += [f'not ok {step}: the editor never came to it' for step in steps
                 if step not in passed and not any(line.startswith(f'not ok {step}') for line in problems)]
    for problem in problems:
        print(problem)
    if problems or not ended:
        print(shown[-4000:])
    failed = len(problems) or int(not ended)
    print(f'{len(passed)} passed, {failed} failed')
    return 1 if failed else 0
