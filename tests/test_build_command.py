"""build.py itself: Pythons that are too old, consoles without Chinese, and the locks."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from types import ModuleType

import pytest

from tests.conftest import ROOT

SOURCE = (ROOT / "build.py").read_text("utf-8")


@pytest.fixture
def command() -> ModuleType:
    """Return a fresh import of build.py."""
    spec = importlib.util.spec_from_file_location("build_command", ROOT / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_parse_it() -> None:
    """As far as the parser of a new Python can tell, and without what only a newer one knows at import."""
    tree = ast.parse(SOURCE, feature_version=(3, 6))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "__future__" not in imported  # Python 3.6 has no annotations there.
    annotations = [node for node in ast.walk(tree) if isinstance(node, ast.arg | ast.FunctionDef)]
    written = [node.annotation if isinstance(node, ast.arg) else node.returns for node in annotations]
    assert all(isinstance(each, ast.Name | ast.Constant) for each in written if each is not None)


@pytest.mark.parametrize(
    ("newer", "words"), [("python3.12", "请运行：\npython3.12 build.py check"), ("", "另装一个 Python")]
)
def test_an_old_python_is_told_what_to_do(
    command: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    newer: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command.sys, "version_info", (3, 6, 15))
    monkeypatch.setattr(command.sys, "argv", ["build.py", "check"])

    def which(name: str) -> str | None:
        return name if name == newer else None

    monkeypatch.setattr(command.shutil, "which", which)
    assert command.main(["check"]) == 3
    told = capsys.readouterr().err
    assert "这里的 Python 是 3.6.15，太旧了，需要 3.10 以上" in told and words in told


def test_the_lock_of_the_template_linters_is_whole_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "lint/package-lock.json").read_text("utf-8"))["packages"]
    packages.pop("")
    assert packages and all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert not any("resolved" in each for each in packages.values())


def test_what_an_old_python_is_told_reaches_a_pipe_whose_encoding_has_no_chinese() -> None:
    code = "import runpy; runpy.run_path('build.py')['tell']('政报 ✓')"
    for encoding, expected in (("cp1252", "政报 ✓"), ("utf-8", "政报 ✓"), ("cp936", "政报 \\u2713")):
        result = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        assert result.stderr.decode("cp936" if encoding == "cp936" else "utf-8").strip() == expected


@pytest.mark.parametrize(
    "lock",
    [
        "requirements.lock",
        "requirements-quick.lock",
        "requirements-test.lock",
        "requirements-windows.lock",
    ],
)
def test_locks_are_whole(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    blocks = [block for block in text.replace("\\\n", "").split("\n") if block and not block.startswith("#")]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
