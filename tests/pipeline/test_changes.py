"""Whatever is edited between two builds, the second makes what a build in an empty folder would.

By hand, for longer: ``python3 -m tests.pipeline.test_changes --steps 500 --seed 7``, with PDFs ``--print``.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import ROOT, digest
from tests.pipeline.edits import EDITS, published, republished
from tests.pipeline.meddlings import MEDDLINGS
from tests.pipeline.project import Project
from tests.synthetic_archive import write_archive

ISSUES, DOCUMENTS = 8, 3
STEPS = 45
SEED = 20260228
SITE = Wanted(site_only=True, jobs=1)
MEDDLED = 0.4
"""The share of steps with a meddling."""
PARTLY_BUILT = 0.4
"""The share of steps, where everything is built, with a build of a part before."""
GONE_BACK = 0.15
"""The share of steps that only go back to an earlier state: of one file, or of everything."""


class DifferenceError(AssertionError):
    """The two builds do not make the same; the argument says after what, and where."""


class Sequence:
    """Edits at random, each followed by a build."""

    def __init__(self, folder: Path, seed: int, wanted: Wanted = SITE, issues: int = ISSUES) -> None:
        self._project = Project(folder / "project", random.Random(seed))
        self._states = folder / "states"
        self._fresh = folder / "fresh"
        self._wanted = wanted
        # A published issue keeps the PDFs that it was published with, which a build in an empty folder does not have.
        self._edits = [each for each in EDITS if wanted.site_only or each not in (published, republished)]
        self.good = 0
        """Steps with which the content was valid."""
        write_archive(self._project.root, issues, DOCUMENTS, seed)
        shutil.copytree(
            ROOT / "templates", self._project.root / "templates", ignore=shutil.ignore_patterns(".cache")
        )
        self._build(self._project.root)
        self._keep()

    def steps(self, count: int) -> Iterator[str]:
        """Edit, build and compare ``count`` times; yield what was done. Raises DifferenceError."""
        for _ in range(count):
            did = " ".join(self._edit())
            before = digest(self._project.root / "output")
            result = self._build(self._project.root)
            fresh, clean = self._build_fresh()
            if (result.diagnostics, result.built) != (clean.diagnostics, clean.built):
                raise DifferenceError(did, result, clean)
            now = digest(self._project.root / "output")
            _compare(did, now, before if result.failed else digest(fresh / "output"))
            shutil.rmtree(fresh)
            if result.failed:
                self._go_back(self._last())
            else:
                self.good += 1
                self._keep()
            yield f"{did}{' failed' * result.failed}"

    def _edit(self) -> Iterator[str]:
        chance = self._project.chance
        if chance.random() < GONE_BACK:
            yield self._back()
        else:
            edit = chance.choice(self._edits)
            edit(self._project)
            yield edit.__name__
        if chance.random() < MEDDLED:
            meddling = chance.choice(MEDDLINGS)
            meddling(self._project)
            yield meddling.__name__
        if not self._wanted.site_only and chance.random() < PARTLY_BUILT:
            part = chance.choice((SITE, Wanted((self._project.issues()[-1].name,), jobs=1)))
            self._build(self._project.root, part)
            yield "site-only" if part.site_only else "last-issue-only"

    def _back(self) -> str:
        """Go back to an earlier state, or have one file as it was in it."""
        chance = self._project.chance
        state = chance.choice(self._all())
        if chance.random() < 0.5:
            self._go_back(state)
            return f"back-to-{state.name}"
        files = sorted(path for path in state.rglob("*") if path.is_file())
        path = chance.choice(files).relative_to(state)
        (self._project.root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(state / path, self._project.root / path)
        return f"{path.as_posix()}-of-{state.name}"

    def _build(self, root: Path, wanted: Wanted | None = None) -> Result:
        return build(root, wanted or self._wanted, lambda _: None)

    def _build_fresh(self) -> tuple[Path, Result]:
        for name in ("content", "templates"):
            shutil.copytree(self._project.root / name, self._fresh / name)
        return self._fresh, self._build(self._fresh)

    def _all(self) -> list[Path]:
        return sorted(self._states.iterdir(), key=lambda path: int(path.name))

    def _last(self) -> Path:
        return self._all()[-1]

    def _keep(self) -> None:
        for name in ("content", "templates"):
            shutil.copytree(self._project.root / name, self._states / str(self.good) / name)

    def _go_back(self, state: Path) -> None:
        for name in ("content", "templates"):
            shutil.rmtree(self._project.root / name)
            shutil.copytree(state / name, self._project.root / name)


def _compare(did: str, made: dict[str, str], wanted: dict[str, str]) -> None:
    if made != wanted:
        other = sorted(path for path in made.keys() | wanted if made.get(path) != wanted.get(path))
        raise DifferenceError(did, other)


def test_after_any_edit_a_build_makes_what_a_fresh_one_does(tmp_path: Path) -> None:
    sequence = Sequence(tmp_path, SEED)
    done = list(sequence.steps(STEPS))
    assert len(done) == STEPS and sequence.good > STEPS // 2, done


def main() -> None:
    """Read the arguments, and say what is done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--issues", type=int, default=ISSUES)
    parser.add_argument("--print", action="store_true")
    given = parser.parse_args()
    wanted = Wanted(jobs=1) if given.print else SITE
    folder = Path(tempfile.mkdtemp(prefix="changes-"))
    for number, did in enumerate(Sequence(folder, given.seed, wanted, given.issues).steps(given.steps)):
        print(number, did, flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
