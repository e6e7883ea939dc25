"""Archives and mails with several files: each ends as a manuscript, or in a line that names it and says why not."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.intake import bundles
from liulin_gazette.intake.bundles import unpacked
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_manuscripts
from tests.intake.sheet_files import archive, sheet_file, text_cell

TEXT = "柳河县林业局关于护林的通知\n柳林发〔2026〕{}号\n各镇：\n请认真执行。\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


def _outcomes(tmp_path: Path, name: str, content: bytes) -> list[str]:
    """Return what comes of a file: names of manuscripts, and reasons why others are not read."""
    (tmp_path / name).write_bytes(content)
    return [
        each.name if isinstance(each, Manuscript) else each.told for each in read_manuscripts(tmp_path / name)
    ]


def _with_gbk_names(names: list[str]) -> bytes:
    """Return an archive as Windows of a Chinese office writes it: names in GBK, without a flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number, _ in enumerate(names):
            file.writestr(f"{number:08}.txt", TEXT.format(number + 1))
    content = out.getvalue()
    for number, name in enumerate(names):
        content = content.replace(f"{number:08}.txt".encode(), name.encode("gb18030").ljust(12, b"_"))
    return content


def test_every_member_of_an_archive_is_read_or_named(tmp_path: Path) -> None:
    inner = archive({"丙.txt": TEXT.format(3), "更里.zip": archive({"丁.txt": "x"})})
    content = archive(
        {
            "甲.txt": TEXT.format(1), "../../../etc/乙.txt": TEXT.format(2), "照片.jpg": JPEG, "空.txt": "",
            "里.zip": inner, "__MACOSX/._甲.txt": "x", "Thumbs.db": "x", "表.xlsx": sheet_file({"表": f"<sheetData><row>{text_cell('', '格')}</row></sheetData>"}),
        }
    )  # fmt: skip
    outcomes = _outcomes(tmp_path, "包.zip", content)
    assert outcomes[:2] == ["包.zip/甲.txt", "包.zip/../../../etc/乙.txt"]
    assert "包.zip/照片.jpg 是图片（JPEG）" in outcomes[2]
    assert outcomes[3] == "包.zip/空.txt 是空文件。"
    assert outcomes[4] == "包.zip/里.zip/丙.txt"
    assert "包.zip/里.zip/更里.zip" in outcomes[5] and "先解开一层" in outcomes[5]
    assert outcomes[6:] == ["包.zip/表.xlsx"]
    assert {each.name for each in tmp_path.iterdir()} == {"包.zip"}


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    names = [each.name for each in unpacked("包.zip", _with_gbk_names(["护林.txt", "附件一.txt"]))]
    assert [name.rstrip("_") for name in names] == ["护林.txt", "附件一.txt"]
    flagged = archive({"护林.txt": "x"})
    assert [each.name for each in unpacked("包.zip", flagged)] == ["护林.txt"]


def test_members_beyond_the_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MAX_UNPACKED_BYTES", 1 << 20)
    members = unpacked("包.zip", archive({"炸弹.txt": bytes(5 << 20), "小.txt": "x"}))
    assert "解开后太大" in members[0].reason and not members[0].content and members[1].content == b"x"
    with pytest.raises(IntakeError, match="超过 200 个"):
        unpacked("包.zip", archive({f"{n}.txt": "x" for n in range(201)}))
    locked = bytearray(archive({"密.txt": "x"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + offset] |= 1
    assert "加了密码" in unpacked("包.zip", bytes(locked))[0].reason


def _mail(*attachments: tuple[str, bytes, str], html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["To"] = "a@example.cn", "来稿", "b@example.cn"
    message.set_content("见附件。\n", charset="gb18030")
    if html:
        message.add_alternative("<p>见附件。</p>", subtype="html")
    for name, content, kind in attachments:
        main_type, _, subtype = kind.partition("/")
        message.add_attachment(content, maintype=main_type, subtype=subtype, filename=name)
    return message


def test_a_mail_gives_its_attachments(tmp_path: Path) -> None:
    message = _mail(
        ("通知.txt", TEXT.format(1).encode("gb18030"), "application/octet-stream"),
        ("包.zip", archive({"乙.txt": TEXT.format(2)}), "application/zip"),
        ("smime.p7s", b"x", "application/pkcs7-signature"),
        html=True,
    )
    logo = EmailMessage()
    logo.set_content(JPEG, maintype="image", subtype="jpeg", disposition="inline", filename="标.jpg")
    message.attach(logo)
    outcomes = _outcomes(tmp_path, "来稿.eml", message.as_bytes())
    assert "邮件正文" in outcomes[0] and "只转附件" in outcomes[0]
    assert "来稿.eml/通知.txt" in outcomes and "来稿.eml/包.zip/乙.txt" in outcomes
    assert any("smime.p7s 是邮件的签名" in each for each in outcomes)
    assert any("标.jpg 是信里的图片" in each for each in outcomes)


def test_a_mail_without_attachments_is_its_text(tmp_path: Path) -> None:
    (tmp_path / "信.eml").write_bytes(_mail().as_bytes())
    (manuscript,) = read_manuscripts(tmp_path / "信.eml")
    assert isinstance(manuscript, Manuscript) and manuscript.parts[0].place == "第1行"


def test_the_command_writes_a_draft_for_each_member_and_names_the_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "包.zip").write_bytes(
        archive({"甲.txt": TEXT.format(71), "照片.jpg": JPEG, "乙.txt": TEXT.format(72)})
    )
    assert main(["intake", str(project / "包.zip"), "--issue", "2026-1", "--yes"], project) == 1
    told = capsys.readouterr()
    assert "包.zip/照片.jpg 是图片（JPEG）" in told.err
    assert "柳林发〔2026〕71号" in told.out and "柳林发〔2026〕72号" in told.out


def test_mails_in_mails_without_end_are_refused() -> None:
    content = b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"\r\nx"
    with pytest.raises(IntakeError, match="一层套一层"):
        unpacked("信.eml", content)
