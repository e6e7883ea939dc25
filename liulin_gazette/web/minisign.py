"""Public keys and signatures of minisign, and whether a signature is one of a key: Ed25519 over BLAKE2b-512.

A signature file has two signatures: of the content, and of the first together with the trusted comment.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import Enum

_PLAIN, _PREHASHED = b"Ed", b"ED"
"""The algorithm, in the first bytes of a signature: of the content itself, or of its BLAKE2b-512."""
_ALGORITHM, _KEY_ID, _KEY, _SIGNATURE = 2, 8, 32, 64
"""Lengths in bytes."""
_TRUSTED = b"trusted comment: "
_COMMENT = b"untrusted comment:"


class FormatError(ValueError):
    """A file is no public key, or no signature, of minisign."""


class Judgement(Enum):
    """How a signature stands to a key and a content."""

    VALID = "valid"
    DAMAGED = "damaged"
    """It is no signature of minisign, or was cut off."""
    OTHER_KEY = "other key"
    """It names another key."""
    FORGED = "forged"
    """It names the key, which did not make it; or the bytes of the signature were changed."""
    OTHER_CONTENT = "other content"
    """The key made it, but of another content: an earlier one, or the content was changed."""
    OTHER_COMMENT = "other comment"
    """The key signed the content, but the trusted comment was changed."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key with its number."""

    key_id: bytes
    ed25519: bytes

    @property
    def number(self) -> str:
        """Return the number as minisign writes it in comments: ``E7620F1842B4E81F``."""
        return key_number(self.key_id)


@dataclass(frozen=True, slots=True)
class Signature:
    """The content of a signature file."""

    is_prehashed: bool
    key_id: bytes
    of_content: bytes
    comment: bytes
    """The trusted comment, which is signed too."""
    of_comment: bytes


def key_number(key_id: bytes) -> str:
    """Return the number of a key as minisign writes it."""
    return key_id[::-1].hex().upper()


def read_public_key(content: bytes) -> PublicKey:
    """Return the key in the file ``content``; the line of comment may be missing. Raises FormatError."""
    lines = [line for line in _lines(content) if not line.startswith(_COMMENT)]
    if len(lines) != 1:
        raise FormatError("lines")
    data = _decoded(lines[0], _ALGORITHM + _KEY_ID + _KEY)
    if not data.startswith(_PLAIN):
        raise FormatError("algorithm")
    return PublicKey(data[_ALGORITHM : _ALGORITHM + _KEY_ID], data[_ALGORITHM + _KEY_ID :])


def read_signature(content: bytes) -> Signature:
    """Return the signature in the file ``content``. Raises FormatError."""
    lines = _lines(content)
    if len(lines) != 4 or not lines[0].startswith(_COMMENT) or not lines[2].startswith(_TRUSTED):
        raise FormatError("lines")
    data = _decoded(lines[1], _ALGORITHM + _KEY_ID + _SIGNATURE)
    algorithm, key_id = data[:_ALGORITHM], data[_ALGORITHM : _ALGORITHM + _KEY_ID]
    if algorithm not in (_PLAIN, _PREHASHED):
        raise FormatError("algorithm")
    return Signature(
        algorithm == _PREHASHED,
        key_id,
        data[_ALGORITHM + _KEY_ID :],
        lines[2].removeprefix(_TRUSTED),
        _decoded(lines[3], _SIGNATURE),
    )


def judge(key: PublicKey, content: bytes, file: bytes) -> Judgement:
    """Return how the signature in the file ``file`` stands to ``key`` and ``content``."""
    try:
        signature = read_signature(file)
    except FormatError:
        return Judgement.DAMAGED
    if signature.key_id != key.key_id:
        return Judgement.OTHER_KEY
    signed = hashlib.blake2b(content).digest() if signature.is_prehashed else content
    is_of_content = _is_signed(key, signature.of_content, signed)
    is_of_comment = _is_signed(key, signature.of_comment, signature.of_content + signature.comment)
    if is_of_content:
        return Judgement.VALID if is_of_comment else Judgement.OTHER_COMMENT
    return Judgement.OTHER_CONTENT if is_of_comment else Judgement.FORGED


def _is_signed(key: PublicKey, signature: bytes, content: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.ed25519).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _lines(content: bytes) -> list[bytes]:
    """Return the lines of a file of minisign; a line end at the end of the file begins no line."""
    lines = [line.removesuffix(b"\r") for line in content.split(b"\n")]
    return lines[:-1] if lines[-1] == b"" else lines


def _decoded(text: bytes, length: int) -> bytes:
    """Return the bytes that ``text`` encodes in Base64. Raises FormatError unless they are ``length``.

    Bytes have one spelling: the last letter's spare bits, which decoders pass over, must be zero (RFC 4648 §3.5), else
    a signature file that somebody changed would still count as the one that was published.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise FormatError("base64") from None
    if base64.b64encode(data) != text:
        raise FormatError("base64")
    if len(data) != length:
        raise FormatError("length")
    return data
