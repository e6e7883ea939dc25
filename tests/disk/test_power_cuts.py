"""A power cut at any moment of a command leaves the office's files as before it or as after it, and undo works.

In the test every few moments are tried. All of them: ``python3 -m tests.disk.test_power_cuts``.
"""

from __future__ import annotations

import errno
import itertools
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.disk import system_calls
from liulin_gazette.editing.changes import EditingError, apply, file_change, recover, undo
from tests.conftest import DOCUMENT, small_project
from tests.disk.simulated_disk import CALLS, Disk, Tree, record

SEED = 21
NOTE = "content/2026-1/说明.txt"
"""A file of the step before each command."""
STATES = 60
"""How many states of the disk are tried for each command."""
REFUSED = tuple(name for name in CALLS if name != "remove_tree")  # It tells of no refusal.
MANUSCRIPT = (
    "柳林县林业局关于护林的通知\n柳林发〔2026〕11号\n局属各单位：\n请认真执行。\n柳林县林业局\n2026年2月6日\n"
)
NEW_DOCUMENT = (
    "new document 2026-1 --title 柳林县林业局关于防火的通知 --number 柳林发〔2026〕12号 --issuer 柳林县林业局 "
    "--date 2026-02-07 --unit 柳林县林业局 --office 森防办 --person 刘荣 --phone 0358-4022294 --yes"
)


def _with_fault(root: Path) -> None:
    (root / "content/2026-1/01.md").write_text(DOCUMENT.replace("请认真执行。", "请认真执行,照办。"), "utf-8")


def _with_manuscript(root: Path) -> None:
    (root / "来稿.txt").write_text(MANUSCRIPT, "utf-8")


COMMANDS: dict[str, Callable[[Path], object]] = {
    "check --fix --yes": _with_fault,
    "new issue 2026-2 --yes": lambda _: None,
    NEW_DOCUMENT: lambda _: None,
    "publish 2026-1 --yes": lambda root: main(["--jobs", "1"], root),
    "intake 来稿.txt --issue 2026-2 --yes": _with_manuscript,
    "undo --yes": lambda root: main(["new", "issue", "2026-2", "--yes"], root),
}
"""Commands, and what must be done before each."""


def _content(root: Path) -> dict[str, bytes]:
    """Return everything below ``content``, folders too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"folder"
        for path in (root / "content").rglob("*")
    }


def _tree(root: Path) -> Tree:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("content", ".undo")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def _lay_out(tree: Tree, root: Path) -> None:
    for path, content in tree.items():
        if path.endswith("/"):
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def _states(start: Tree, calls: list[tuple[str, tuple[object, ...]]]) -> Iterator[Tree]:
    """Yield each state, once, in which a power cut during ``calls`` may leave the disk."""
    chance = random.Random(SEED)
    disk = Disk(start)
    seen: set[frozenset[tuple[str, bytes]]] = set()
    for call in [None, *calls]:
        if call:
            disk.do(call)
        for state in disk.states(chance):
            if (key := frozenset(state.items())) not in seen:
                seen.add(key)
                yield state


def examine_command(command: str, folder: Path, most: int | None, without: tuple[str, ...] = ()) -> int:
    """Cut the power in ``command``; return in how many states. Raises AssertionError for a bad one.

    Calls of the names in ``without`` are left out.
    """
    root = small_project(folder / "project")
    apply(root, "earlier", [file_change(root, NOTE, b"earlier")])
    COMMANDS[command](root)
    start, old = _tree(root), _content(root)
    with pytest.MonkeyPatch.context() as patch:
        calls = record(root, patch)
        patch.chdir(root)
        assert main(command.split(), root) == 0, command
    # The output, which publishing flushes, is there already and not looked at here.
    calls = [call for call in calls if call[0] not in without and not str(call[1][0]).startswith("output")]
    new = _content(root)
    later, earlier = (old, new) if command == "undo --yes" else (new, old)
    first = {path: content for path, content in earlier.items() if path != NOTE}
    assert later != earlier != first
    states = list(_states(start, calls))
    if most is not None and len(states) > most:
        states = random.Random(SEED).sample(states, most)
    for number, state in enumerate(states):
        after = folder / f"after-{number}"
        _lay_out(state, after)
        recover(after)
        chain = [later, earlier, first]
        now = _content(after)
        assert now in chain[:2], (command, sorted(state), now)
        for expected in chain[chain.index(now) + 1 :]:
            assert undo(after) and _content(after) == expected
        assert undo(after) is None and recover(after) is None
        assert all(now.values())
        shutil.rmtree(after)
    return len(states)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words.split()[:2]))
def test_a_power_cut_leaves_the_old_or_the_new(command: str, tmp_path: Path) -> None:
    assert examine_command(command, tmp_path, STATES) > 10


@pytest.mark.parametrize("call", ["sync", "sync_folder"])
def test_what_is_not_flushed_is_lost(call: str, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, EditingError)):
        examine_command("check --fix --yes", tmp_path, None, (call,))


class _Refusal:
    """Refuses the call of a number, and those after it too if the disk ``stays_full``."""

    def __init__(self, number: int, stays_full: bool) -> None:
        self._left = number
        self._stays_full = stays_full

    def around(self, call: Callable[..., None]) -> Callable[..., None]:
        def refused(*arguments: object) -> None:
            self._left -= 1
            if self._left == 0 or (self._left < 0 and self._stays_full):
                raise OSError(errno.ENOSPC, "No space left on device")
            call(*arguments)

        return refused


@pytest.mark.parametrize(
    ("names", "stays_full"),
    [(("write", "make_folder", "sync"), True), (REFUSED, False)],
    ids=["full", "once"],
)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words.split()[:2]))
def test_whatever_the_disk_refuses_nothing_is_half_done(
    command: str,
    names: tuple[str, ...],
    stays_full: bool,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_long: bool,
) -> None:
    """Every second call is refused, in a long run each."""
    monkeypatch.chdir(project)
    COMMANDS[command](project)
    old = _content(project)
    for number in itertools.count(1, 1 if is_long else 2):
        refusal = _Refusal(number, stays_full)
        with monkeypatch.context() as patch:
            for name in names:
                patch.setattr(system_calls, name, refusal.around(getattr(system_calls, name)))
            code = main(command.split(), project)
        told = capsys.readouterr().err
        if code == 0:  # Refused nothing, or only in clearing up.
            assert _content(project) != old and number > 1
            return
        assert code == 3 and "磁盘已满" in told and ("什么都没有改" in told or "没有撤销" in told)
        assert _content(project) == old and recover(project) is None


def run_all() -> None:
    """Try every state of every command."""
    for command in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            print(command, examine_command(command, Path(folder), None), flush=True)


if __name__ == "__main__":
    run_all()
