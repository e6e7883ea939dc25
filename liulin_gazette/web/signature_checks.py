"""Whether the signatures of a manifest are the office's: by its public key for minisign, or by its own command.

For SM2 (GB/T 32918) and all else than minisign, offices have tools of their own. Such a command is run without a shell,
and is itself put to the test: it must refuse the manifest with one byte changed.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.text.editor_error import USAGE, EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SIGNATURE_NAMES, signatures_in
from liulin_gazette.web.minisign import (
    FormatError,
    Judgement,
    PublicKey,
    judge,
    key_number,
    read_public_key,
    read_signature,
)
from liulin_gazette.web.signing import PLACEHOLDER

MINISIGN = addresses.MANIFEST + ".minisig"
PATIENCE = 120
"""Seconds that a command may take."""
_NAMED = re.compile(re.escape(PLACEHOLDER) + r"(\.[A-Za-z0-9]+)")
"""A signature in a command: ``{}.sig``."""
_REFUSAL = re.compile(
    r"fail(ed|ure)|\binvalid\b|\bbad signature\b|not (ok|verified|valid)|失败|无效|不通过|未通过|不正确",
    re.IGNORECASE,
)
"""What tools print that end with 0 all the same."""
_DISTRUST = "不要相信这份网站，从本刊公布的网址重新取。"


class CheckError(EditorError):
    """A signature cannot be checked: the key or the command is none; the message says why."""

    exit_code = USAGE


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one signature."""

    name: str
    """The name of the signature file."""
    fault: str = ""
    """Why it does not vouch for the manifest, and what to do; empty if it does."""
    signer: str = ""
    """By what it was checked."""
    comment: str = ""
    """The trusted comment, where there is one: when it was signed, most often."""


def read_key(file: Path) -> PublicKey:
    """Return the public key of minisign in ``file``. Raises CheckError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CheckError(f"公钥“{file}”读不出来（{reason(error, '读取')}）。") from error
    try:
        return read_public_key(content)
    except FormatError:
        pass
    if b"secret key" in content.lower() or b"PRIVATE KEY" in content:
        raise CheckError(f"“{file}”是私钥。", "核对用公钥（minisign -G 写的 .pub）；私钥收好，不要给人。")
    raise CheckError(
        f"“{file}”不是 minisign 的公钥。",
        "要的是 minisign -G -p 写的文件，两行；SM2 和别的签名，用 --with 写明验签命令。",
    )


def check_with_key(site: Path, key: PublicKey) -> Verdict:
    """Return the verdict on the signature of minisign in the folder ``site``. Raises CheckError."""
    if MINISIGN not in signatures_in(site):
        others = "、".join(signatures_in(site))
        more = (
            f"有的是 {others}，用 --with 写明验签命令。" if others else "没有签名的，证明不了是本刊发布的。"
        )
        return Verdict(MINISIGN, f"没有 {MINISIGN} 这个签名文件。{more}")
    manifest, file = _content(site, addresses.MANIFEST), _content(site, MINISIGN)
    judgement = judge(key, manifest, file)
    fault = _fault(judgement, key, file)
    comment = "" if fault else _printable(read_signature(file).comment)
    return Verdict(MINISIGN, fault and f"签名 {MINISIGN} {fault}", f"公钥 {key.number}", comment)


def _fault(judgement: Judgement, key: PublicKey, file: bytes) -> str:
    """Return what is wrong with the signature in ``file``, and what to do; empty if nothing is."""
    if judgement is Judgement.VALID:
        return ""
    if judgement is Judgement.DAMAGED:
        return "不完整，或不是 minisign 的签名。重新取这个文件；还不行，" + _DISTRUST
    signature = read_signature(file)
    if judgement is Judgement.OTHER_KEY:
        return (
            f"用的是另一把钥匙（{key_number(signature.key_id)}），不是给出的这一把（{key.number}）。"
            f"核对公钥是不是本刊公布的；换过钥匙的，用签名当时的公钥。都不是，{_DISTRUST}"
        )
    if judgement is Judgement.FORGED:
        return f"不是这把钥匙（{key.number}）签的，或签名文件被改动过。" + _DISTRUST
    if judgement is Judgement.OTHER_COMMENT:
        return "的附注被改动过，签名的时间不可信。" + _DISTRUST
    comment = _printable(signature.comment)
    return (
        f"是这把钥匙签的，签的却不是这一份清单（附注：{comment}）：签名以后清单又变了。"
        f"本刊自己的，核对后重新签名（python3 build.py sign）；别处得来的，{_DISTRUST}"
    )


def check_with_command(site: Path, command: Sequence[str]) -> tuple[Verdict, ...]:
    """Return the verdicts of ``command`` on the signatures in ``site`` that it names: ``{}.sig``.

    It has to accept the manifest, and to refuse a copy with one byte changed. Raises CheckError.
    """
    named = sorted({addresses.MANIFEST + suffix for word in command for suffix in _NAMED.findall(word)})
    known = [name for name in named if name in SIGNATURE_NAMES]
    if not known:
        raise CheckError(
            "验签命令里没有写签名文件。",
            "{} 代表清单，{}.sig 代表清单旁边的 manifest.json.sig，例如 --with 命令 -sig {}.sig {}。",
        )
    if missing := [name for name in known if name not in signatures_in(site)]:
        return tuple(
            Verdict(name, f"没有 {name} 这个签名文件。没有签名的，证明不了是本刊发布的。") for name in missing
        )
    manifest = _content(site, addresses.MANIFEST)
    signatures = {name: _content(site, name) for name in known}
    refusal = _refusal(command, manifest, signatures)
    changed = manifest[:-1] + bytes([manifest[-1] ^ 1]) if manifest else b"\n"
    if refusal:
        fault = (
            f"没有通过验签命令“{command[0]}”（{refusal}）：不是这把钥匙签的，或签名以后清单又变了。"
            + _DISTRUST
        )
    elif not _refusal(command, changed, signatures):
        fault = (
            f"没有核对成：验签命令“{command[0]}”对改动过的清单也说通过，它的话不能相信。"
            "检查命令的写法，清单 {} 和签名 {}.sig 都要写。"
        )
    else:
        fault = ""
    return tuple(Verdict(name, fault and f"签名 {name} {fault}", f"验签命令 {command[0]}") for name in known)


def _refusal(command: Sequence[str], manifest: bytes, signatures: dict[str, bytes]) -> str:
    """Run ``command`` on copies; return why it does not accept ``manifest``, empty if it does. Raises CheckError."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / addresses.MANIFEST
        for name, content in {addresses.MANIFEST: manifest, **signatures}.items():
            (Path(folder) / name).write_bytes(content)
        words = [word.replace(PLACEHOLDER, str(copy)) for word in command]
        try:
            completed = subprocess.run(
                words,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
            )
        except OSError as error:
            raise CheckError(f"验签命令“{command[0]}”没有运行起来：{reason(error, '运行')}。") from error
        except subprocess.TimeoutExpired as error:
            raise CheckError(f"验签命令“{command[0]}”{PATIENCE} 秒还没有结束，停下了。") from error
    if completed.returncode:
        return f"退出码 {completed.returncode}"
    said = _REFUSAL.search(_decoded(completed.stdout))
    return f"它说“{said[0]}”" if said else ""


def _content(site: Path, name: str) -> bytes:
    try:
        return (site / name).read_bytes()
    except OSError as error:
        raise CheckError(f"{name} 读不出来（{reason(error, '读取')}）。") from error


def _decoded(output: bytes) -> str:
    """Return what a tool printed; on a Chinese Windows it is not in UTF-8."""
    try:
        return output.decode()
    except UnicodeDecodeError:
        return output.decode("gb18030", "replace")


def _printable(comment: bytes) -> str:
    text = comment.decode("utf-8", "replace").replace("\t", " ")
    return "".join(character for character in text if character.isprintable())
