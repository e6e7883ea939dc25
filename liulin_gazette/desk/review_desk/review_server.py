"""The review server: where it listens, under which names it is asked, and its start and end beside the desk."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from liulin_gazette.desk.guards.request_bounds import GRACE_SECONDS, bounded_server
from liulin_gazette.desk.guards.request_guard import KEY, LOOPBACK
from liulin_gazette.desk.review_desk.review_guard import Rates, review_access, review_guarded
from liulin_gazette.desk.review_desk.review_pages import review_pages
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.editing.reviewers import Reviewer
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason

EVERYWHERE = "0.0.0.0"
PORT = 8010
MOST_CONNECTIONS = 64
"""Beyond them, whoever asks is told to come later. It is more than may wait for their request at one time."""
_ELSEWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): asking for the way to it sends nothing."""


class ReviewServerError(EditorError):
    """The review server cannot be opened as it was asked for."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the review server is to listen."""

    address: str = LOOPBACK
    """An IPv4 address or name of this machine; ``EVERYWHERE`` for all of them."""
    port: int = PORT
    """0 for a free one."""
    certificate: str = ""
    """File with the certificate for HTTPS, and those above it; empty for HTTP."""
    certificate_key: str = ""
    """File with its key."""


class ReviewServer:
    """A server for reviewers, from ``open`` until ``close``. The desk may close and open it again."""

    def __init__(self, root: Path, content: LiveContent) -> None:
        self._root = root
        self._content = content
        self._lock = threading.Lock()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.addresses: tuple[str, ...] = ()
        """Addresses that reviewers can open, without a key; none while it is closed."""
        self.is_encrypted = False

    def open(self, binding: Binding) -> None:
        """Listen as ``binding`` says, instead of as before. Raises ReviewServerError."""
        self.close()
        with self._lock:
            _require_readable(binding)
            try:
                listening = socket.create_server((binding.address, binding.port))
            except OSError as error:
                raise ReviewServerError(
                    f"审阅打不开：{binding.address} 的端口 {binding.port} 用不了（{reason(error, '使用')}）。",
                    "换一个端口，或者核对地址是不是这台计算机的。",
                ) from error
            scheme = "https" if binding.certificate else "http"
            port = listening.getsockname()[1]
            names = own_addresses() if binding.address == EVERYWHERE else (binding.address,)
            hosts = (*names, LOOPBACK) if binding.address == EVERYWHERE else names
            application = review_guarded(
                review_pages(self._root, self._content),
                self._root,
                review_access(hosts, port, scheme),
                Rates(),
            )
            server = bounded_server(
                application, MOST_CONNECTIONS, binding.certificate, binding.certificate_key
            )
            thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
            thread.start()
            self._server, self._thread = server, thread
            self.addresses = tuple(f"{scheme}://{name}:{port}/" for name in names)
            self.is_encrypted = scheme == "https"

    def close(self) -> None:
        """Stop listening, if it does."""
        with self._lock:
            if self._server and self._thread:
                self._server.should_exit = True
                self._thread.join(GRACE_SECONDS + 10)
            self._server, self._thread, self.addresses = None, None, ()


def links(addresses: Sequence[str], reviewer: Reviewer) -> tuple[str, ...]:
    """Return the addresses to send to ``reviewer``, one for each of this machine's."""
    return tuple(f"{address}?{KEY}={reviewer.key}" for address in addresses)


def own_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this machine that others in the network can reach, the one of the usual way first."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(_ELSEWHERE)
        found.append(way.getsockname()[0])
    with suppress(OSError):
        found += sorted(
            str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        )
    return tuple(dict.fromkeys(each for each in found if not each.startswith(("127.", "0."))))


def _require_readable(binding: Binding) -> None:
    """Raise ReviewServerError where the certificate of ``binding`` cannot be used."""
    if bool(binding.certificate) != bool(binding.certificate_key):
        raise ReviewServerError("加密要证书和密钥两个文件。", "两个都写：--certificate 证书 --key 密钥。")
    if binding.certificate:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
                binding.certificate, binding.certificate_key, _no_password
            )
        except (OSError, ValueError) as error:  # An SSLError is an OSError.
            raise ReviewServerError(
                "证书或密钥用不了。", "要 PEM 格式的、没有密码的，两个是一对。"
            ) from error


def _no_password() -> str:
    """Return no password: whoever has the key in a file with one is told so, instead of being asked in a terminal."""
    return ""
