"""Files that hold files: a ZIP archive or a mail (.eml) with its attachments, each member a file for itself.

Names of members are names and nothing more: nothing is ever written to a path that a bundle names.
"""

from __future__ import annotations

import email
import email.policy
import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from liulin_gazette.intake.manuscript import MAX_FILE_BYTES, IntakeError
from liulin_gazette.intake.unpacked_size import MAX_UNPACKED_BYTES, UNREADABLE

MAX_MEMBERS = 200
"""Files in one bundle; an issue has a few dozen documents."""
_UTF8_FLAG = 0x800
"""Bit of a ZIP entry that says its name is UTF-8 (APPNOTE 4.4.4)."""
_UNICODE_PATH = 0x7075
"""The extra field of a ZIP entry with its name in UTF-8 (APPNOTE 4.6.9)."""
_OF_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What file managers add to an archive."""
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a bundle; or the reason why it is not read."""

    name: str
    """As the bundle has it, with its folders."""
    content: bytes = b""
    reason: str = ""
    """In Chinese, what it is and what to do; empty for a file that can be read."""

    @property
    def suffix(self) -> str:
        """Return the suffix in small letters, with its dot."""
        return posixpath.splitext(self.name)[1].lower()


def unpacked(name: str, content: bytes) -> tuple[Member, ...]:
    """Return the files in the archive or mail ``name``. Raises IntakeError if it is damaged or has too many."""
    try:
        return tuple(_in_archive(name, content) if content.startswith(b"PK") else _in_mail(name, content))
    except RecursionError as error:  # Raised by the parser of mails.
        raise IntakeError(
            f"{name} 里的邮件一层套一层，太深，没有打开。请把里面的文稿另存出来再试。"
        ) from error


def _in_archive(name: str, content: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as error:
        raise IntakeError(f"{name} 不完整或已损坏，解不开。请重新取一份。") from error
    with archive:
        entries = [each for each in archive.infolist() if not each.is_dir()]
        if len(entries) > MAX_MEMBERS:
            raise IntakeError(
                f"{name} 里有 {len(entries)} 个文件，超过 {MAX_MEMBERS} 个，没有打开。请分几次交。"
            )
        left = MAX_UNPACKED_BYTES
        for entry, shown in zip(entries, _names(entries), strict=True):
            if any(part in _OF_SYSTEMS or part.startswith("._") for part in shown.split("/")):
                continue
            if entry.flag_bits & 1:
                yield Member(shown, reason="加了密码。请去掉密码再试。")
                continue
            try:
                with archive.open(entry) as stream:
                    inner = stream.read(min(MAX_FILE_BYTES, left) + 1)
            except NotImplementedError:  # zipfile lacks the method of compression.
                yield Member(shown, reason="用了认不出的压缩方法。请先解开，把里面的文稿交来。")
                continue
            except UNREADABLE:
                yield Member(shown, reason="在压缩文件里已损坏，解不开。请重新取一份。")
                continue
            if len(inner) > min(MAX_FILE_BYTES, left):
                yield Member(shown, reason="解开后太大，不像一份公文，没有打开。请确认来源。")
                continue
            left -= len(inner)
            yield Member(shown, inner)


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Return the names of ``entries``; those not in UTF-8 are GBK all together, or else as zipfile read them."""
    raw = [b"" if entry.flag_bits & _UTF8_FLAG else _original(entry) for entry in entries]
    encoding = next((each for each in ("utf-8", "gb18030") if _decodes(raw, each)), "cp437")
    return [
        (_unicode_path(entry) or (words.decode(encoding) if words else entry.filename)).replace("\\", "/")
        for entry, words in zip(entries, raw, strict=True)
    ]


def _original(entry: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a name that zipfile has read as code page 437."""
    try:
        return entry.orig_filename.partition("\0")[0].encode("cp437")
    except UnicodeEncodeError:
        return b""


def _decodes(names: list[bytes], encoding: str) -> bool:
    try:
        for each in names:
            each.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(entry: zipfile.ZipInfo) -> str:
    """Return the name in the extra field for it; empty without one."""
    extra, at = entry.extra, 0
    while at + 4 <= len(extra):
        kind, size = (
            int.from_bytes(extra[at : at + 2], "little"),
            int.from_bytes(extra[at + 2 : at + 4], "little"),
        )
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _in_mail(name: str, content: bytes) -> Iterator[Member]:
    """Yield the text of a mail as a file if nothing is attached, and its attachments; its pictures and signature told."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    attached = [part for part in message.walk() if not part.is_multipart() and part is not body]
    files = [part for part in attached if _file_name(part)]
    if len(attached) > MAX_MEMBERS:
        raise IntakeError(f"{name} 有 {len(attached)} 个附件，超过 {MAX_MEMBERS} 个，没有打开。请分几次交。")
    is_page = body is not None and body.get_content_subtype() == "html"
    words = _payload(body) if body is not None else b""
    if words.strip():
        suffix = ".html" if is_page else ".txt"
        has_documents = any(part.get_content_maintype() != "image" for part in files)
        reason = (
            "邮件有附件，只转附件，信里的话没有转入；信里就是文稿的，请复制出来粘贴。"
            if has_documents
            else ""
        )
        yield Member(f"邮件正文{suffix}", b"" if reason else words, reason)
    elif not files:
        raise IntakeError(f"{name} 这封邮件没有正文，也没有附件。")
    for number, part in enumerate(attached, 1):
        shown = _file_name(part) or f"第{number}个附件"
        if part.get_content_type() in _SIGNATURES:
            yield Member(shown, reason="是邮件的签名，不是文稿，没有转入。")
        elif part.get_content_disposition() != "attachment" and part.get_content_maintype() == "image":
            yield Member(shown, reason="是信里的图片，不是文稿，没有转入。")
        elif part.get_content_type() in ("text/plain", "text/html") and not _file_name(part):
            if part.get_content_type() != "text/html" or is_page:
                yield Member(shown, reason="是邮件正文的另一部分，没有转入。")
        else:
            inner = _payload(part)
            yield Member(shown, inner, "" if inner.strip() else "是空文件。")


def _payload(part: MIMEPart) -> bytes:
    """Return the content of ``part``; texts in UTF-8, since their encoding stands in the mail and not in them."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        # A mail that was forwarded as a whole.
        return b"".join(each.as_bytes() for each in part.iter_parts()) if part.is_multipart() else b""
    charset = part.get_content_charset()
    if charset and part.get_content_type() == "text/plain" and not _file_name(part):
        try:
            return payload.decode("gb18030" if charset in ("gb2312", "gbk") else charset).encode()
        except (LookupError, UnicodeDecodeError):
            return payload
    return payload


def _file_name(part: MIMEPart) -> str:
    """Return the name of an attachment, also one in raw GBK or UTF-8, which RFC 2047 does not allow."""
    name = part.get_filename("") or ""
    raw = (
        name.encode("utf-8", "surrogateescape") if any("\udc80" <= each <= "\udcff" for each in name) else b""
    )
    for encoding in ("utf-8", "gb18030") if raw else ():
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.replace("\\", "/")
