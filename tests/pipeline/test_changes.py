"""After any edits a build gives the same output as a build in an empty folder.

For a longer run: ``python3 -m tests.pipeline.test_changes --steps 500 --seed 7``; with PDFs: ``--print``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import ROOT, digest
from tests.pipeline.edits import EDITS, publish_or_withdraw, republish
from tests.pipeline.project import Project
from tests.pipeline.tampering import TAMPERINGS
from tests.synthetic_archive import write_archive

ISSUES, DOCUMENTS = 4, 2
STEPS = 32
SEED = 20260228
SITE = Wanted(site_only=True, jobs=1)
TAMPERED = 0.4
"""Share of steps that also tamper with output or cache."""
PARTLY_BUILT = 0.4
"""Share of steps with a partial build before the full one, in runs with PDFs."""
COMPARED = 2
"""After so many good steps the output is compared with that of a fresh build; a failed one is always compared."""
RESTORED = 0.15
"""Share of steps that, instead of an edit, restore an earlier state of one file or of everything."""


class DifferenceError(AssertionError):
    """The two builds differ. The arguments say after which actions, and where."""


class Sequence:
    """A sequence of random edits, each followed by a build, and some by a fresh one to compare."""

    def __init__(
        self, folder: Path, seed: int, wanted: Wanted = SITE, issues: int = ISSUES, compared: int = COMPARED
    ) -> None:
        self._project = Project(folder / "project", random.Random(seed))
        self._states = folder / "states"
        self._fresh = folder / "fresh"
        self._wanted = wanted
        self._compared = compared
        # A published issue keeps the PDFs that it was published with, which a build in an empty folder does not have.
        self._edits = [
            each for each in EDITS if wanted.site_only or each not in (publish_or_withdraw, republish)
        ]
        self._deck: list[Callable[[Project], None]] = []
        """The edits that are still to be made before any is made again."""
        self.good = 0
        """Number of steps that left the content valid."""
        write_archive(self._project.root, issues, DOCUMENTS, seed)
        shutil.copytree(
            ROOT / "templates", self._project.root / "templates", ignore=shutil.ignore_patterns(".cache")
        )
        self._build(self._project.root)
        self._save_state()

    def steps(self, count: int) -> Iterator[str]:
        """Edit and build ``count`` times, and compare; yield the actions of each step. Raises DifferenceError."""
        since = 0
        for _ in range(count):
            actions = " ".join(self._edit())
            before = digest(self._project.root / "output")
            published = self._manifest()
            result = self._build(self._project.root)
            since += 1
            if not result.failed and since < self._compared:
                self.good += 1
                self._save_state()
                yield actions
                continue
            since = 0
            fresh, clean = self._build_fresh(published)
            if (result.diagnostics, result.built) != (clean.diagnostics, clean.built):
                raise DifferenceError(actions, result, clean)
            now = digest(self._project.root / "output")
            _compare(actions, now, before if result.failed else digest(fresh / "output"))
            shutil.rmtree(fresh)
            if result.failed:
                self._restore(self._last_state())
            else:
                self.good += 1
                self._save_state()
            yield f"{actions}{' failed' * result.failed}"

    def _edit(self) -> Iterator[str]:
        chance = self._project.chance
        if chance.random() < RESTORED:
            yield self._restore_some()
        else:
            self._deck = self._deck or chance.sample(self._edits, len(self._edits))
            edit = self._deck.pop()
            edit(self._project)
            yield edit.__name__
        if chance.random() < TAMPERED:
            tamper = chance.choice(TAMPERINGS)
            tamper(self._project)
            yield tamper.__name__
        if not self._wanted.site_only and chance.random() < PARTLY_BUILT:
            part = chance.choice((SITE, Wanted((self._project.issues()[-1].name,), jobs=1)))
            self._build(self._project.root, part)
            yield "site-only" if part.site_only else "last-issue-only"

    def _restore_some(self) -> str:
        """Restore an earlier state, or one file of it; return the name of the action."""
        chance = self._project.chance
        state = chance.choice(self._saved_states())
        if chance.random() < 0.5:
            self._restore(state)
            return f"back-to-{state.name}"
        files = sorted(path for path in state.rglob("*") if path.is_file())
        path = chance.choice(files).relative_to(state)
        (self._project.root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(state / path, self._project.root / path)
        return f"{path.as_posix()}-of-{state.name}"

    def _build(self, root: Path, wanted: Wanted | None = None) -> Result:
        return build(root, wanted or self._wanted, lambda _: None)

    def _manifest(self) -> bytes | None:
        """Return the manifest of the last site, which says what is published."""
        file = self._project.root / "output/site/manifest.json"
        return file.read_bytes() if file.is_file() else None

    def _build_fresh(self, published: bytes | None) -> tuple[Path, Result]:
        for name in ("content", "templates"):
            shutil.copytree(self._project.root / name, self._fresh / name)
        if published is not None:
            (self._fresh / "output/site").mkdir(parents=True)
            (self._fresh / "output/site/manifest.json").write_bytes(published)
        return self._fresh, self._build(self._fresh)

    def _saved_states(self) -> list[Path]:
        return sorted(self._states.iterdir(), key=lambda path: int(path.name))

    def _last_state(self) -> Path:
        return self._saved_states()[-1]

    def _save_state(self) -> None:
        for name in ("content", "templates"):
            shutil.copytree(self._project.root / name, self._states / str(self.good) / name)

    def _restore(self, state: Path) -> None:
        for name in ("content", "templates"):
            shutil.rmtree(self._project.root / name)
            shutil.copytree(state / name, self._project.root / name)


def _compare(actions: str, actual: dict[str, str], expected: dict[str, str]) -> None:
    """Raise DifferenceError with the paths at which the digests differ."""
    if actual != expected:
        paths = sorted(path for path in actual.keys() | expected if actual.get(path) != expected.get(path))
        raise DifferenceError(actions, paths)


def test_after_any_edit_a_build_makes_what_a_fresh_one_does(tmp_path: Path) -> None:
    sequence = Sequence(tmp_path, SEED)
    done = list(sequence.steps(STEPS))
    assert len(done) == STEPS and sequence.good > STEPS // 2, done


def main() -> None:
    """Run a sequence as the command line says, and print the actions of each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--issues", type=int, default=ISSUES)
    parser.add_argument("--print", action="store_true")
    arguments = parser.parse_args()
    wanted = Wanted(jobs=1) if arguments.print else SITE
    folder = Path(tempfile.mkdtemp(prefix="changes-"))
    for number, actions in enumerate(
        Sequence(folder, arguments.seed, wanted, arguments.issues, compared=1).steps(arguments.steps)
    ):
        print(number, actions, flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
