"""For which machines locked packages have wheels: what pip answers is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from liulin_gazette.bundling.windows_parts import ENVIRONMENT
from supply import wheel_platforms
from supply.locked_packages import PROGRAM_LOCK, ROOT, read_lock
from supply.wheel_platforms import MARKS, PAGE, Machine, needs, table, wheels_of

LOCK = "a==1 \\\n    --hash=sha256:00\nb==2 \\\n    --hash=sha256:00\nc==3 ; sys_platform == 'linux' \\\n    --hash=sha256:00\n"


@pytest.mark.parametrize(
    ("wheel", "told"),
    [
        ("", "**没有**"),
        ("a-1-py3-none-any.whl", "通用"),
        ("a-1-cp311-cp311-win_amd64.whl", "有"),
        ("a-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", "glibc 2.27"),
        ("a-1-cp39-abi3-manylinux2014_aarch64.manylinux_2_17_aarch64.whl", "glibc 2.17"),
        ("a-1-cp311-cp311-manylinux2014_aarch64.whl", "glibc 2.17"),
    ],
)
def test_the_name_of_a_wheel_says_what_it_needs(wheel: str, told: str) -> None:
    assert needs(wheel) == told


def test_a_package_without_a_wheel_is_left_out_and_the_others_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []

    def pip(_: Sequence[str], pins: Iterable[str]) -> dict[str, str] | str:
        asked.append(list(pins))
        return "B" if "b==2" in asked[-1] else {"a": "a-1-py3-none-any.whl"}

    monkeypatch.setattr(wheel_platforms, "_ask_pip", pip)
    assert wheels_of(Machine("龙芯", (), ENVIRONMENT), LOCK) == {"a": "a-1-py3-none-any.whl", "b": ""}
    assert asked == [["a==1", "b==2"], ["a==1"]]


def test_another_fault_of_pip_is_no_missing_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(_: Sequence[str], pins: Iterable[str]) -> str:
        return f"no network for {list(pins)}"

    monkeypatch.setattr(wheel_platforms, "_ask_pip", pip)
    with pytest.raises(RuntimeError, match="no network"):
        wheels_of(Machine("龙芯", (), ENVIRONMENT), LOCK)


def test_packages_that_any_machine_takes_are_counted() -> None:
    told = table(
        {
            "甲": {"a": "a-1-py3-none-any.whl", "b": "b-1-cp311-cp311-win_amd64.whl"},
            "乙": {"a": "a-1-py3-none-any.whl", "b": "", "c": "c-1-py3-none-any.whl"},
        }
    )
    assert "| 程序库 | 甲 | 乙 |" in told and "| b | 有 | **没有** |" in told
    assert "其余 2 个" in told and "| a |" not in told


def test_the_page_has_a_place_for_the_table_and_names_locked_packages_alone() -> None:
    text = PAGE.read_text("utf-8")
    inside = text.partition(MARKS[0])[2].partition(MARKS[1])[0]
    named = {line.split("|")[1].strip() for line in inside.splitlines() if line.startswith("| ")}
    assert named - {"程序库", "---"} <= {package.name for package in read_lock(ROOT / PROGRAM_LOCK)}
    assert "weasyprint" not in named and "cffi" in named
