"""What a file is, told from its bytes; its suffix is heard only where the bytes leave it open."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from liulin_gazette.intake.unpacked_size import UNREADABLE


class Kind(Enum):
    """What can be read, and by what."""

    PDF = "pdf"
    WORD = "docx"
    SHEETS = "xlsx"
    OFD = "ofd"
    VALUES = "csv"
    WEB_PAGE = "html"
    WEB_ARCHIVE = "mhtml"
    MAIL = "eml"
    ARCHIVE = "zip"
    TEXT = "txt"
    OLD_TEXT = "doc"
    """What LibreOffice converts to .docx."""
    OLD_SHEETS = "xls"
    """What LibreOffice converts to .xlsx."""


OLD_TEXT_SUFFIXES = (".doc", ".wps", ".wpt", ".rtf", ".odt", ".dot")
OLD_SHEET_SUFFIXES = (".xls", ".et", ".ett", ".ods")
_BY_SUFFIX = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Kind.WORD),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), Kind.SHEETS),
    **dict.fromkeys((".csv", ".tsv"), Kind.VALUES),
    **dict.fromkeys((".htm", ".html", ".xhtml", ".shtml"), Kind.WEB_PAGE),
    **dict.fromkeys((".mht", ".mhtml"), Kind.WEB_ARCHIVE),
    **dict.fromkeys((".txt", ".md", ".text", ""), Kind.TEXT),
    ".pdf": Kind.PDF, ".ofd": Kind.OFD, ".eml": Kind.MAIL, ".zip": Kind.ARCHIVE,
}  # fmt: skip
_FOREIGN = (
    (b"\xff\xd8\xff", "图片（JPEG）"), (b"\x89PNG\r\n", "图片（PNG）"), (b"GIF8", "图片（GIF）"),
    (b"II*\0", "图片（TIFF）"), (b"MM\0*", "图片（TIFF）"), (b"8BPS", "Photoshop 图片"), (b"\xd7\xcd\xc6\x9a", "图片（WMF）"),
    (b"Rar!\x1a\x07", "RAR 压缩文件"), (b"7z\xbc\xaf'\x1c", "7z 压缩文件"), (b"\x1f\x8b", "gzip 压缩文件"),
    (b"BZh", "bzip2 压缩文件"), (b"\xfd7zXZ\0", "xz 压缩文件"), (b"\x7fELF", "可执行程序"),
    (b"\xcf\xfa\xed\xfe", "可执行程序"), (b"\xca\xfe\xba\xbe", "可执行程序"), (b"ID3", "录音（MP3）"), (b"OggS", "录音或录像（OGG）"),
    (b"\x1aE\xdf\xa3", "录像（MKV、WebM）"), (b"FLV\x01", "录像（FLV）"), (b"SQLite format 3", "数据库文件"),
    (b"%!PS", "PostScript 印刷文件"), (b"\x00\x01\x00\x00\x00", "字体文件"), (b"OTTO", "字体文件"), (b"wOF", "字体文件"),
    (b"CAJ\0", "CAJ 文献"), (b"HN\0", "CAJ 文献"), (b"AT&TFORM", "DjVu 文献"), (b"ITSF", "CHM 帮助文件"),
)  # fmt: skip
"""Kinds that hold no text to be read, by their first bytes."""
_PICTURES = "图片"
_END_OF_ARCHIVE = 22
"""Bytes of the record at the end of an archive, without its comment (APPNOTE 4.3.16)."""
_MAX_DIRECTORY = 4 << 20
"""Bytes of the list of parts in an archive; ten thousand parts take one million."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|p)\b",
    re.I | re.S,
)
_MAIL_FIELD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}", re.S)
_MAIL_NAMES = re.compile(rb"^(?:From|Subject|MIME-Version|Received):", re.I | re.M)
_OFFICE_XML = re.compile(rb"progid=\"(Word|Excel)|<pkg:package|<w:wordDocument")


def kind_of(suffix: str, content: bytes) -> Kind | None:
    """Return what the file with this ``suffix``, in small letters, is; None if it is nothing that can be read."""
    head = content[:4096]
    if content.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(b"PK"):
        return _kind_of_archive(suffix, content)
    if content.startswith(_OLE):
        found = _ole_kind(content)
        if not found and _BY_SUFFIX.get(suffix) in (Kind.WORD, Kind.SHEETS):
            return _BY_SUFFIX[suffix]  # Its reader says what can be wrong with it.
        is_old_text = found == "文档" or (not found and suffix in OLD_TEXT_SUFFIXES)
        if found == "表格" or (
            is_old_text and suffix in OLD_SHEET_SUFFIXES and _has_stream(content, "Workbook")
        ):
            return Kind.OLD_SHEETS
        return Kind.OLD_TEXT if is_old_text else None
    if foreign_name(content):
        return None
    if content.startswith(b"{\\rtf"):
        return Kind.OLD_TEXT
    if program := _OFFICE_XML.search(head):
        return Kind.OLD_SHEETS if program[1] == b"Excel" else Kind.OLD_TEXT
    if _MAIL_FIELD.match(head.lstrip(b"\xef\xbb\xbf\r\n")) and _MAIL_NAMES.search(head):
        is_page = suffix in (".mht", ".mhtml") or (b"multipart/related" in head.lower() and suffix != ".eml")
        return Kind.WEB_ARCHIVE if is_page else Kind.MAIL
    if _HTML.match(_as_ascii(head)):
        return Kind.WEB_PAGE
    kind = _BY_SUFFIX.get(suffix)
    if kind in (Kind.PDF, Kind.WORD, Kind.SHEETS, Kind.OFD, Kind.ARCHIVE) and not _is_binary(content):
        return Kind.TEXT
    if kind is None and suffix in (*OLD_TEXT_SUFFIXES, *OLD_SHEET_SUFFIXES):
        return Kind.OLD_TEXT if _is_binary(content) else Kind.TEXT
    return kind


def foreign_name(content: bytes) -> str:
    """Return what a file is called that holds no text, such as a picture; empty for all others."""
    for beginning, words in _FOREIGN:
        if content.startswith(beginning):
            return words
    if content.startswith(b"BM") and len(content) > 18 and content[6:10] == b"\0\0\0\0":
        return "图片（BMP）"
    if content.startswith(b"RIFF"):
        return {b"WEBP": "图片（WebP）", b"WAVE": "录音（WAV）"}.get(content[8:12], "录像（AVI）")
    if content.startswith(b"MZ") and b"\0" in content[:64]:
        return "可执行程序"
    if re.match(rb"AC10\d\d", content):
        return "AutoCAD 图纸（DWG）"
    if content[4:8] == b"ftyp":
        is_picture = content[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return "图片（HEIC）" if is_picture else "录像或录音（MP4）"
    if content.startswith(_OLE):
        words = {"演示": "演示文稿（.ppt）", "加密": "加了密码的 Office 文件", "邮件": "Outlook 邮件（.msg）"}
        return {**words, "": "旧版 Office 的文件，但不是文档、表格"}.get(_ole_kind(content), "")
    if content.startswith(b"PK"):
        return _archive_name(frozenset(_names(content)))
    return ""


def refusal(name: str, content: bytes) -> str:
    """Return why the file ``name`` is not read, and what to do."""
    words = foreign_name(content)
    if words.startswith(_PICTURES):
        return f"{name} 是{words}，不是文稿。里面是扫描件的，请先用文字识别（OCR）软件转成文本；是插图的，照《写作规范》放进正文。"
    if "密码" in words:
        return f"{name} 是{words}。请用 Office 或 WPS 打开，去掉密码另存一份再试。"
    if "压缩" in words:
        return f"{name} 是{words}。请先解开，或改用 .zip，再把里面的文稿交来。"
    if "邮件" in words:
        return f"{name} 是{words}。请在邮件软件里另存为 .eml，或把附件存下来再试。"
    if words:
        return f"{name} 是{words}，不是文稿，没有转换。请确认拿对了文件。"
    return (
        f"不认识 {name} 这种文件。可以转换的有：.docx、.pdf、.ofd、.xlsx、.csv、.html、.txt、.eml、.zip，"
        "装了 LibreOffice 的还有 .doc、.wps、.xls。"
    )


def _as_ascii(head: bytes) -> bytes:
    """Return the beginning of a text without what UTF-8 and UTF-16 add to its ASCII characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_binary(content: bytes) -> bool:
    """Tell whether ``content`` cannot be text: it has zero bytes and is not UTF-16."""
    return b"\0" in content[:65536] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _names(content: bytes) -> list[str]:
    """Return the names of the parts of an archive; none if it is damaged, or lists more than can be looked at."""
    end = content.rfind(b"PK\x05\x06", -(_END_OF_ARCHIVE + 65_535))
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except UNREADABLE:
        return []


def _kind_of_archive(suffix: str, content: bytes) -> Kind | None:
    """Return the kind of a file that is a ZIP archive by its bytes, from the parts in it."""
    names = frozenset(_names(content))
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        folders = {name.partition("/")[0].lower() for name in names}
        if "xl" in folders and "word" not in folders:
            return Kind.SHEETS
        return Kind.WORD if not _archive_name(names) else None
    if any(name.lower().lstrip("/") == "ofd.xml" for name in names):
        return Kind.OFD
    if "content.xml" in names:
        media = _media_type(content)
        return {"text": Kind.OLD_TEXT, "spreadsheet": Kind.OLD_SHEETS}.get(media)
    if _archive_name(names):
        return None
    if names and _BY_SUFFIX.get(suffix) not in (Kind.WORD, Kind.SHEETS, Kind.OFD):
        return Kind.ARCHIVE
    own = _BY_SUFFIX.get(suffix)
    return own if own in (Kind.SHEETS, Kind.OFD, Kind.ARCHIVE) else Kind.WORD


def _media_type(content: bytes) -> str:
    """Return the last word of the media type of an OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            media = archive.read("mimetype").decode("ascii", "replace")
        except (KeyError, *UNREADABLE):
            media = ""
    return media.rpartition(".")[2].partition("-")[0].strip() or "text"


def _archive_name(names: frozenset[str]) -> str:
    """Return what an archive with parts of these ``names`` is that holds no text to be read; empty for others."""
    folders = {name.partition("/")[0] for name in names}
    if "[Content_Types].xml" in names and "ppt" in folders:
        return "演示文稿（.pptx）"
    if "[Content_Types].xml" in names and "visio" in folders:
        return "Visio 图"
    if "[Content_Types].xml" not in names:
        if any(name.endswith(".iwa") for name in names) or {"Index.zip", "index.apxl"} & names:
            return "苹果 iWork 的文件（.pages、.numbers、.key），请在苹果计算机上导出为 .docx 或 PDF 的文件"
        if "AndroidManifest.xml" in names or ("META-INF/MANIFEST.MF" in names and "mimetype" not in names):
            return "可执行程序（APK、JAR）"
        if "META-INF/container.xml" in names:
            return "电子书（EPUB）"
    return ""


def _ole_kind(content: bytes) -> str:
    """Return what an OLE file is, by the names of its streams (MS-CFB 2.6.1, UTF-16)."""
    for stream, kind in (
        ("EncryptedPackage", "加密"), ("WordDocument", "文档"), ("Workbook", "表格"), ("PowerPoint Document", "演示"),
        ("__properties_version1.0", "邮件"), ("Book", "表格"), ("Contents", "文档"),
    ):  # fmt: skip
        if _has_stream(content, stream):
            return kind
    return ""


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content
