"""What ``build.py`` does with its arguments: prepares what the command needs and runs it."""

from __future__ import annotations

import sys
from pathlib import Path

from liulin_gazette import __version__
from liulin_gazette.preparation.child_processes import run
from liulin_gazette.preparation.environment import (
    LOCK,
    environment_fault,
    environment_python,
    prepare_environment,
)
from liulin_gazette.preparation.machine import MachineCheck, check_machine, report
from liulin_gazette.preparation.printable_output import let_output_be_printable
from liulin_gazette.preparation.suite import run_tests
from liulin_gazette.preparation.system_packages import prepare_system
from liulin_gazette.preparation.unprepared import UnpreparedError


def run_command(root: Path, arguments: list[str]) -> int:
    """Run the command ``arguments`` for the project in ``root`` and return its exit code."""
    let_output_be_printable()
    if arguments == ["--version"]:
        print(f"liulin-gazette {__version__}")
        return 0
    try:
        if arguments[:1] == ["test"]:
            return run_tests(root, arguments[1:])
        if arguments[:1] == ["doctor"]:  # Installs nothing.
            if fault := environment_fault(root, LOCK):
                environment = MachineCheck("运行环境", fault, False, "运行 python3 build.py，它会准备好")
                return report((*check_machine(root), environment))
        else:
            prepare_system(root, needs_venv=not environment_python(root).exists())
            prepare_environment(root, LOCK)
    except UnpreparedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    before = _program_record(root)
    code = run(root, [str(environment_python(root)), "-m", "liulin_gazette", *arguments])
    if code == 0 and arguments[:1] == ["upgrade"] and _program_record(root) != before:
        # By the new build.py, which prepares what the new program needs.
        return run(root, [sys.executable, str(root / "build.py"), "check", "--reprints"])
    return code


def _program_record(root: Path) -> bytes:
    """Return what the folder says of its program; nothing where that is not written down."""
    file = root / "program.json"
    return file.read_bytes() if file.is_file() else b""
