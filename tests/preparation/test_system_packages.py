"""The components of the operating system: found, installed where that is allowed, else told."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.pdf.composition.fonts import ROLES
from liulin_gazette.preparation import machine, system_packages
from liulin_gazette.preparation.child_processes import LoggedRun
from liulin_gazette.preparation.system_packages import missing_packages, prepare_system
from liulin_gazette.preparation.unprepared import UnpreparedError
from tests.preparation.conftest import logged_run


def anywhere(name: str) -> str:
    return f"/usr/bin/{name}"


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine lack a library that no installation brings."""
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.0": "libnowhere0"})


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the list of the commands that would be run as root."""
    calls: list[list[str]] = []

    def note(_: Path, command: list[str]) -> LoggedRun:
        calls.append(command)
        return logged_run()

    monkeypatch.setattr(system_packages, "run_logged", note)
    monkeypatch.setattr(system_packages, "_privilege", list[str])
    monkeypatch.setattr(system_packages.shutil, "which", anywhere)
    return calls


@pytest.mark.usefixtures("lacking")
def test_without_privilege_the_line_to_run_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_privilege", lambda: None)
    monkeypatch.setattr(system_packages.shutil, "which", anywhere)
    line = "sudo apt-get install -y --no-install-recommends libnowhere0"
    with pytest.raises(UnpreparedError, match=f"(?s)缺少系统组件：libnowhere0.*{line}"):
        prepare_system(root)


@pytest.mark.usefixtures("lacking")
def test_a_system_without_apt_is_told_the_components_by_their_names(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.0": "libpango-1.0-0"})

    def no_apt(name: str) -> str | None:
        return None if name == "apt-get" else anywhere(name)

    monkeypatch.setattr(system_packages.shutil, "which", no_apt)
    with pytest.raises(UnpreparedError, match=r"没有 apt-get。.*软件管理器装上：Pango。") as error:
        prepare_system(root)
    assert "sudo" not in str(error.value)


@pytest.mark.parametrize(("platform", "words"), [("darwin", "brew install pango"), ("win32", "pacman -S")])
def test_macos_and_windows_are_told_their_own_ways(
    root: Path, monkeypatch: pytest.MonkeyPatch, platform: str, words: str
) -> None:
    monkeypatch.setattr(system_packages.sys, "platform", platform)
    assert missing_packages(root) == []
    advice = system_packages.installation_advice(["libpango-1.0-0"])
    assert words in advice and "apt-get" not in advice


@pytest.mark.parametrize(("version", "is_ok"), [("1.56.2", True), ("", False)])
def test_where_there_are_no_packages_doctor_says_whether_pango_is_found(
    root: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_ok: bool
) -> None:
    monkeypatch.setattr(system_packages.sys, "platform", "win32")
    monkeypatch.setattr(machine, "pango_version", lambda: version)
    check = next(each for each in machine.check_machine(root) if each.subject == "系统组件")
    assert check.is_ok is is_ok
    assert version in check.state and ("没有 Pango" in check.state) is not is_ok
    assert "安装包" in check.remedy and "apt-get" not in check.remedy


def test_what_is_missing_is_installed(
    root: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["libpangoft2-1.0-0"], []])

    def missing(*_: object) -> list[str]:
        return next(answers)

    monkeypatch.setattr(system_packages, "missing_packages", missing)
    prepare_system(root)
    assert len(commands) == 1 and commands[0][-1] == "libpangoft2-1.0-0"


@pytest.mark.usefixtures("lacking", "commands")
def test_a_package_that_brings_nothing_is_told(root: Path) -> None:
    with pytest.raises(UnpreparedError, match="仍找不到：libnowhere0"):
        prepare_system(root)


@pytest.mark.usefixtures("lacking", "commands")
def test_a_failed_installation_says_why(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def fail(_: Path, command: list[str]) -> LoggedRun:
        calls.append(" ".join(command[-2:]))
        return logged_run(100, "E: Could not get lock /var/lib/dpkg/lock-frontend.\n")

    monkeypatch.setattr(system_packages, "run_logged", fail)
    with pytest.raises(
        UnpreparedError, match=r"(?s)系统组件没有装上。另一个程序正在装软件.*sudo apt-get install"
    ):
        prepare_system(root)
    assert calls[1] == "apt-get update" and len(calls) == 3


def test_tests_need_their_tools_and_the_library_of_playwrights_node(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_javac(name: str) -> str | None:
        return None if name == "javac" else anywhere(name)

    def without_atomic(name: str) -> bool:
        return name != "libatomic.so.1"

    monkeypatch.setattr(system_packages.shutil, "which", without_javac)
    monkeypatch.setattr(system_packages, "_has_library", without_atomic)
    assert {"default-jdk-headless", "libatomic1"} <= set(missing_packages(root, for_all_tests=True))
    assert not {"default-jdk-headless", "libatomic1"} & set(missing_packages(root))


@pytest.mark.parametrize(
    ("has_chromium", "is_offered", "may_install", "needed"),
    [
        (True, True, True, True),
        (True, False, True, False),
        (True, True, False, False),
        (False, False, True, True),
    ],
)
def test_chromium_serves_where_its_shell_cannot_be_had(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_chromium: bool,
    is_offered: bool,
    may_install: bool,
    needed: bool,
) -> None:
    def which(name: str) -> str | None:
        is_there = has_chromium if name == "chromium" else name != "chromium-headless-shell"
        return anywhere(name) if is_there else None

    monkeypatch.setattr(system_packages.shutil, "which", which)

    def offers(_: str) -> bool:
        return is_offered

    def privilege() -> list[str] | None:
        return [] if may_install else None

    monkeypatch.setattr(system_packages, "_is_offered", offers)
    monkeypatch.setattr(system_packages, "_privilege", privilege)
    assert ("chromium-headless-shell" in missing_packages(root, for_all_tests=True)) is needed


def test_a_package_of_two_faces_is_named_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = {"/nowhere/Black.ttc": "fonts-noto-cjk-extra", "/nowhere/Medium.ttc": "fonts-noto-cjk-extra"}
    monkeypatch.setattr(system_packages, "FONTS", fonts)
    assert missing_packages(root).count("fonts-noto-cjk-extra") == 1


def test_own_faces_stand_in_for_the_free_ones(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "FONTS", {"/nowhere/Song.ttc": "fonts-noto-cjk"})
    assert "fonts-noto-cjk" in missing_packages(root)
    (root / "fonts").mkdir()
    (root / "fonts/FZXBSJW.TTF").write_bytes(b"")
    assert "fonts-noto-cjk" not in missing_packages(root)


def test_venv_is_needed_only_to_make_an_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_can_make_venv", lambda: False)
    assert "python3-venv" in missing_packages(root, needs_venv=True)
    assert "python3-venv" not in missing_packages(root)


def test_each_role_has_a_free_face_whose_package_is_known() -> None:
    for role in ROLES:
        assert system_packages.package_of_font(role.candidates[-1].file_name)
    assert len(system_packages.FONTS) == len(ROLES)


def test_each_package_of_the_program_has_a_name_where_there_are_no_packages() -> None:
    packages = {**system_packages.LIBRARIES, **system_packages.FONTS, **system_packages.SYMBOL_FONTS}.values()
    assert set(packages) <= set(system_packages.COMPONENTS)


@pytest.mark.parametrize(
    ("offered", "installed"),
    [
        ({"fonts-lxgw-wenkai", "fonts-arphic-ukai"}, "fonts-lxgw-wenkai"),
        ({"fonts-arphic-ukai"}, "fonts-arphic-ukai"),
        (set[str](), "fonts-lxgw-wenkai"),
    ],
)
def test_a_face_that_the_system_does_not_offer_has_a_stand_in(
    root: Path,
    commands: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    offered: set[str],
    installed: str,
) -> None:
    answers = iter([["fonts-lxgw-wenkai"], []])

    def missing(*_: object) -> list[str]:
        return next(answers)

    monkeypatch.setattr(system_packages, "missing_packages", missing)
    monkeypatch.setattr(system_packages, "_is_offered", offered.__contains__)
    prepare_system(root)
    assert commands[0][-1] == installed


def test_the_lists_are_asked_again_once_they_are_fresh(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ubuntu 22.04, bare: its lists are not there until they are fetched."""
    offered: set[str] = set()
    calls: list[str] = []

    def fetch_lists(_: Path, command: list[str]) -> LoggedRun:
        calls.append(command[-1])
        if command[-1] == "update":
            offered.add("fonts-arphic-ukai")
        return logged_run(0 if command[-1] in {"update", *offered} else 100)

    answers = iter([["fonts-lxgw-wenkai"], []])

    def missing(*_: object) -> list[str]:
        return next(answers)

    monkeypatch.setattr(system_packages, "missing_packages", missing)
    monkeypatch.setattr(system_packages, "_is_offered", offered.__contains__)
    monkeypatch.setattr(system_packages, "_privilege", list[str])
    monkeypatch.setattr(system_packages.shutil, "which", anywhere)
    monkeypatch.setattr(system_packages, "run_logged", fetch_lists)
    prepare_system(root)
    assert calls == ["fonts-lxgw-wenkai", "update", "fonts-arphic-ukai"]


@pytest.mark.parametrize("is_offered", [True, False])
def test_a_stand_in_serves_only_where_the_first_choice_is_not_offered(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_offered: bool
) -> None:
    stand_in = tmp_path / "kai.ttc"
    stand_in.write_bytes(b"")
    monkeypatch.setattr(system_packages, "FONTS", {"/nowhere/kai.ttf": "fonts-kai"})
    monkeypatch.setattr(system_packages, "STAND_INS", {"fonts-kai": (str(stand_in), "fonts-other-kai")})

    def offers_first_choice(package: str) -> bool:
        return is_offered and package == "fonts-kai"

    monkeypatch.setattr(system_packages, "_is_offered", offers_first_choice)
    assert ("fonts-kai" in missing_packages(root)) is is_offered
