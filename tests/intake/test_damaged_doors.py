"""Files of every kind, changed in a few places on their way, end in drafts or in a refusal, never in a traceback."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from liulin_gazette.intake.bundles import unpacked
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.open_file import read_content
from tests.intake.ofd_files import ofd_file, rule, text
from tests.intake.sheet_files import archive
from tests.intake.test_bundles import TEXT
from tests.intake.test_sheets import TABLE, sheet_file
from tests.intake.test_web_pages import PAGE

FILES = {
    "表.xlsx": sheet_file({"表": TABLE}),
    "文.ofd": ofd_file([text("柳河县林业局关于护林的通知", 27, 60) + rule(10, 70, 90, 70)], text("页眉", 9, 9), text("章", 9, 9)),
    "表.csv": '单位,人数\n林业局,"1,200"\n'.encode("gb18030"),
    "页.html": PAGE.format(charset="utf-8").encode(),
    "包.zip": archive({"甲.txt": TEXT.format(1), "乙.txt": TEXT.format(2)}),
    "信.eml": b"From: a@b.cn\r\nSubject: =?gb2312?B?us0=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=gb2312\r\n\r\nx\r\n--b\r\nContent-Type: application/zip; name=\"a.zip\"\r\n"
    b"Content-Disposition: attachment; filename=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--b--\r\n",
}  # fmt: skip
TIMES = 40


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """Return ``content`` with some bytes changed; of an archive, those of its parts, so that it still opens."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
            entries = source.infolist()
            hit = chance.choice(entries).filename
            for entry in entries:
                part = source.read(entry)
                target.writestr(entry.filename, _changed(part, chance) if entry.filename == hit else part)
        return out.getvalue()
    return _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    numbers = [at for at, byte in enumerate(damaged) if 48 <= byte < 58]
    for _ in range(chance.choice((1, 3, 20)) if damaged else 0):
        places = numbers if numbers and chance.random() < 0.5 else range(len(damaged))
        damaged[chance.choice(places)] = chance.choice((chance.randrange(256), 0x39, 0x61, 0x2D, 0x20))
    return bytes(damaged)


@pytest.mark.parametrize("name", FILES)
def test_bytes_changed_on_the_way_end_in_drafts_or_a_refusal(name: str) -> None:
    chance = random.Random(7)
    for _ in range(TIMES):
        content = _damaged(FILES[name], chance)
        try:
            if name.endswith((".zip", ".eml")):
                unpacked(name, content)
            else:
                recognise(read_content(name, name[name.index(".") :], content))
        except IntakeError as error:
            assert error.told.endswith("。")
