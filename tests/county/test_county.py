"""What a county's office can test: that its copy of the program is whole and does its work on this machine.

These tests are the only ones that ``init`` gives to a county. The others are about the making of the program and about
the example gazette that it is made with. These hold in the folder of any gazette, whatever its content is like.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from liulin_gazette.editing.counties.county_files import County, county_of, sample_files
from liulin_gazette.editing.counties.program_files import read_record
from liulin_gazette.editing.counties.program_upgrade import KEPT_AS_CHANGED
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.web.manifest import compare

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = "content/{0.year}-1/01.md"


@pytest.fixture
def county() -> County:
    """The county of this folder."""
    publication = load_series(read_folder(ROOT, "content")).publication
    assert publication is not None, "content/gazette.toml 读不懂：先运行 python3 build.py check"
    return county_of(publication.gazette)


@pytest.fixture
def sample(tmp_path: Path, county: County) -> Path:
    """A gazette of this county with one sample document, and with the templates and faces of this folder."""
    for path, text in sample_files(county).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    for name in ("templates", "fonts"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".cache"))
    return tmp_path


def test_the_program_is_as_it_was_shipped() -> None:
    record = read_record(ROOT)
    if record is None:
        pytest.skip("这里没有 program.json：这是程序本身，不是由它新建的公报")
    changed = [
        path
        for path, digest in record.digests.items()
        if not path.startswith(KEPT_AS_CHANGED)
        and (not (ROOT / path).is_file() or hashlib.sha256((ROOT / path).read_bytes()).hexdigest() != digest)
    ]
    assert not changed, "这些程序文件缺失，或与原来的不同；用 python3 build.py upgrade 换一份完整的"


def test_the_content_can_be_read_and_checked() -> None:
    for found in examine(ROOT).diagnostics:
        assert found.message and found.place.path


def test_a_sample_issue_becomes_a_site_and_pdfs_and_the_same_each_time(sample: Path, county: County) -> None:
    assert not build(sample, Wanted(), lambda _: None).failed
    output = sample / "output"
    first = {
        path: path.read_bytes() for path in output.rglob("*") if path.is_file() and ".next" not in path.parts
    }
    assert compare(output / "site").is_authentic
    assert sum(path.suffix == ".pdf" and content.startswith(b"%PDF-") for path, content in first.items()) >= 3
    page = (output / f"site/{county.year}/1/index.html").read_text("utf-8")
    assert county.name in page and county.publisher in page
    shutil.rmtree(output)
    for kept in (sample / ".cache").iterdir():
        if (
            kept.is_dir() and kept.name != "fonts"
        ):  # To prepare the faces again would take longer than all else.
            shutil.rmtree(kept)
    assert not build(sample, Wanted(jobs=1), lambda _: None).failed
    assert {path: path.read_bytes() for path in first} == first


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("〕1号", "〕01号", "N001"),
        ("试排。", "试排，电话13900000000。", "P001"),
        ("样本，用来", "样本,用来", "T003"),
    ],
)
def test_faults_are_found(sample: Path, county: County, right: str, wrong: str, code: str) -> None:
    file = sample / DOCUMENT.format(county)
    text = file.read_text("utf-8")
    assert right in text and code not in {each.code for each in examine(sample).diagnostics}
    file.write_text(text.replace(right, wrong), "utf-8")
    assert code in {each.code for each in examine(sample).diagnostics}
