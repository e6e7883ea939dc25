"""Bounds on what a client can take of the desk: bytes and seconds of a request's head, connections, slow readers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_BYTES = 32 * 1024
"""Of the head of a request: the request line and all headers."""
HEAD_SECONDS = 10.0
"""From when a request may come until its head is there, however slowly it comes."""
ANSWER_SECONDS = 30.0
"""For each part of an answer to be taken."""
GRACE_SECONDS = 1
"""For answers that are still being sent when the server closes."""
MOST_WAITING = 32
"""Connections whose head is not yet there."""


def bounded_server(
    application: Any, most_connections: int | None = None, certificate: str = "", certificate_key: str = ""
) -> uvicorn.Server:
    """Return a server of ``application`` whose connections are bounded; with the paths of a certificate, by HTTPS.

    Raises what ``ssl`` raises where the certificate cannot be read.
    """
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=BoundedConnection,
            ws="none",
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=MOST_BYTES,
            limit_concurrency=most_connections,
            timeout_graceful_shutdown=GRACE_SECONDS,
            log_config=None,
            log_level="critical",  # The terminal is for the editor.
            access_log=False,
            ssl_certfile=certificate or None,
            ssl_keyfile=certificate_key or None,
        )
    )


class BoundedConnection(H11Protocol):
    """One connection of uvicorn's server. Beyond the bounds, and where it sends no request, it is cut off in silence.

    Where too many wait for their request, the one that has waited longest is cut off.
    """

    _is_waiting = False
    """For a request, as opposed to while one is being answered."""
    _waits_since: float = 0.0
    """Time of the loop, in seconds."""
    _head_timer: asyncio.TimerHandle | None = None
    _answer_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._look_for_head()
        connections = [each for each in self.connections if isinstance(each, BoundedConnection)]
        waiting = [each for each in connections if each._is_waiting]
        if len(waiting) > MOST_WAITING:
            min(waiting, key=BoundedConnection._start_of_waiting)._cut_off()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        super().data_received(data)
        self._look_for_head()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._look_for_head()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 -- the words of uvicorn are English
        """Close the connection: what was sent is no request."""
        self.transport.close()

    def pause_writing(self) -> None:
        """Begin to wait until a part of the answer is taken."""
        super().pause_writing()
        self._answer_timer = self.loop.call_later(ANSWER_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on with the answer."""
        if self._answer_timer is not None:
            self._answer_timer.cancel()
            self._answer_timer = None
        super().resume_writing()

    def _start_of_waiting(self) -> float:
        return self._waits_since

    def _look_for_head(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif not self._is_waiting:
            self._is_waiting, self._waits_since = True, self.loop.time()
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._cut_off)

    def _stop_waiting(self) -> None:
        self._is_waiting = False
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _cut_off(self) -> None:
        self._stop_waiting()
        self.connections.discard(self)  # At once: it is no longer one of those that a server bounds.
        with contextlib.suppress(
            OSError
        ):  # It may be gone. What it has sent is read, so that no reset is sent.
            self.transport.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
