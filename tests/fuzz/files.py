"""Random settings, publication records, Word files and PDFs for the fuzz target."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

SETTINGS = {
    "gazette.toml": "content/gazette.toml",
    "contacts.toml": "content/contacts.toml",
    "issue.toml": "content/2026-1/issue.toml",
    "published.json": "content/2026-1/published.json",
    "list": "content/published.json",
}
"""Files other than documents, by their place in the project."""
CONTACTS = """[["电话变更"]]
"责任单位" = "柳林县林业局"
"责任股室" = "森防办"
"原电话" = "0358-4022294"
"电话" = "0358-4029999"
"自" = 2026-05-01
"""
CHANGES = """
[["变更"]]
"自" = "2026-2"
"名称" = "柳林市人民政府公报"
"刊期" = "季刊"
"封底" = { "地址" = "新城路1号" }

[["变更"]]
"自" = 2027-01-01
"每年期数" = 4
"""
RECORD = json.dumps(
    {
        "发布日期": "2026-03-01",
        "设置": {
            "名称": "柳林县人民政府公报",
            "拼音刊名": "LIULIN",
            "主办单位": "柳林县人民政府办公室",
            "刊期": "双月刊",
            "网址": "https://gazette.liulin.example/",
            "赠阅范围": "各乡镇",
            "发文机关": [{"名称": "柳林县林业局", "机关代字": ["柳林发"], "自": {"日": "2020-01-01"}}],
            "封底": {"地址": "清河西路150号"},
        },
        "成品": {
            "程序": "liulin-gazette 0.1",
            "程序库": {"weasyprint": "70.0"},
            "文件": {"2026/1/a.pdf": "0"},
        },
        "文件": {"01.md": "0" * 64},
        "改动": [{"日期": "2026-03-02", "理由": "改错字", "文件": ["01.md"]}],
    },
    ensure_ascii=False,
)
LIST = json.dumps({"已发布": {"2026-1": json.loads(RECORD)}}, ensure_ascii=False)
_VALUES = (
    '""', '"甲"', '"../../x"', '"/x"', '"javascript:1"', '"https://x.example/"', '"<b>{{ 1 }}"', '"\\u202e"', '"\\ud800"', "''", '"""\n"""', "0", "-1", "1", "12",
    "99999999999999999999999", "-99999999999999999999999", "0x" + "f" * 5000, "1" * 5000, "1e400", "inf", "nan", "true", "null", "Infinity", "2026-02-30",
    "2026-02-28", "0001-01-01", "9999-12-31", "2026-03-01 09:30:00", "2026-03-01T09:30:00+23:59", "9999-12-31T23:59:59-12:00", "09:30:00", "[]", "[1]", "[[]]",
    '["甲"]', '["甲：乙"]', '["01.md", "CON.md", "../01.md"]', "{}", '{"年" = 1}', "[" * 5000, '{"a":' * 5000, "{a=" * 500, "甲", "",
)  # fmt: skip
_MARKS = (
    "[",
    "]",
    "[[",
    "]]",
    '["期号起算"]\n',
    '[["变更"]]\n',
    '"自" = "2026-1"\n',
    '"并期" = 3\n',
    '"增刊" = 1\n',
    '[["期号例外"]]\n',
    '[["栏目"]]\n',
    "=",
    '"',
    "'",
    ",",
    "{",
    "}",
    ":",
    "\n",
    "\0",
    "\\",
    "#",
    *_VALUES,
)
_NUMBERS = ("0", "-1", "-5", "1", "2", "9", "63", "101", "200000000", "9" * 30, "9" * 5000, "甲", "", "1.5")
_ATTRIBUTE = re.compile(r'(?<=:val=")[^"]*(?=")|(?<=:ilvl=")[^"]*(?=")')


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes, and the kind of file they stand for: a key of ``SETTINGS``, ``document``, ``docx``, ``pdf`` or ``build``."""

    kind: str
    content: bytes


def settings(chance: random.Random, valid: dict[str, str]) -> Input:
    """Return a random mutation of one of ``SETTINGS``; ``valid`` has the valid texts."""
    name = chance.choice(list(SETTINGS))
    text = valid[name]
    if chance.random() < 0.1:
        text = "".join(chance.choices(_MARKS, k=chance.randint(0, 60)))
    for _ in range(chance.randint(0, 3)):
        text = _replace_value(text, chance)
    for _ in range(chance.choice((0, 0, 1, 2, 6))):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        to = min(to, at + 100)
        text = chance.choice(
            (
                text[:at] + text[to:],
                text[:at] + text[at:to] * 2 + text[to:],
                text[:at] + chance.choice(_MARKS) + text[at:],
            )
        )
    return Input(name, text.encode("utf-8", "surrogatepass"))


def _replace_value(text: str, chance: random.Random) -> str:
    """Return ``text`` with one random value replaced."""
    values = list(re.finditer(r'(?<= = ).+|(?<=": )(?:"[^"]*"|[^,{}\n]+)', text))
    if not values:
        return text
    value = chance.choice(values)
    return text[: value.start()] + chance.choice(_VALUES) + text[value.end() :]


def damaged(chance: random.Random, kind: str, whole: bytes) -> Input:
    """Return the Word file or PDF ``whole`` with random damage, in its bytes or in its XML."""
    if kind == "docx" and chance.random() < 0.8:
        return Input(kind, _mutated_word(chance, whole))
    mutated = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(mutated))
        match chance.randrange(4):
            case 0:
                del mutated[at : at + chance.randint(1, 400)]
            case 1:
                mutated[at:at] = mutated[at : at + 200]
            case 2:
                mutated[at:at] = chance.choice(
                    (b"[", b"<<", b"0 0 R", b"-1", b"99999999999", b"<w:p>", b"\0")
                )
            case _:
                mutated[at] = chance.randrange(256)
        if not mutated:
            break
    return Input(kind, bytes(mutated))


def _mutated_word(chance: random.Random, whole: bytes) -> bytes:
    """Return the Word file with its XML mutated; the archive stays valid."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name in ("word/document.xml", "word/numbering.xml"):
                content = _mutated_xml(chance, content.decode()).encode()
            target.writestr(name, content)
    return out.getvalue()


def _mutated_xml(chance: random.Random, text: str) -> str:
    """Return ``text`` with random attribute values, and elements removed, repeated, replaced and nested."""
    for _ in range(chance.choice((0, 1, 2, 8))):
        if attributes := list(_ATTRIBUTE.finditer(text)):
            value = chance.choice(attributes)
            text = text[: value.start()] + chance.choice(_NUMBERS) + text[value.end() :]
    for _ in range(chance.choice((0, 1, 1, 3))):
        elements = list(re.finditer(r"<w:(p|r|tc|tr|tbl|tcPr|lvl|num|pPr)[ >].*?</w:\1>", text, re.DOTALL))
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        match chance.randrange(4):
            case 0:
                text = text[: one.start()] + text[one.end() :]
            case 1:
                text = text[: one.start()] + one[0] * chance.choice((2, 30)) + text[one.end() :]
            case 2:
                text = text[: one.start()] + other[0] + text[one.end() :]
            case _:
                inner = f"<w:txbxContent>{one[0]}</w:txbxContent>"
                text = text[: one.start()] + f"<w:p><w:r>{inner}</w:r></w:p>" + text[one.end() :]
    return text


def small_pdf() -> bytes:
    """Return a PDF of one page with a few lines, so small that most of its bytes matter."""
    lines = "".join(f"BT /F 12 Tf 72 {700 - 20 * row} Td (A line of words {row}) Tj ET\n" for row in range(6))
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(lines)} >>\nstream\n{lines}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return "".join(_pdf_lines(parts)).encode()


def _pdf_lines(parts: tuple[str, ...]) -> Iterator[str]:
    yield "%PDF-1.4\n"
    at, starts = 9, list[int]()
    for number, part in enumerate(parts, 1):
        text = f"{number} 0 obj\n{part}\nendobj\n"
        starts.append(at)
        at += len(text)
        yield text
    yield f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n"
    yield from (f"{start:010} 00000 n \n" for start in starts)
    yield f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
