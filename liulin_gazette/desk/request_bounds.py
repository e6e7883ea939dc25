"""Bounds on what a client can take of the preview: bytes and seconds of a request's head, and connections."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
import time
from http.client import LineTooLong
from typing import Any

MOST_BYTES = 32 * 1024
"""Of the head of a request: the request line and all headers."""
HEAD_SECONDS = 10.0
"""From the start of a connection until the head of its request is there, however slowly it comes."""
ANSWER_SECONDS = 30.0
"""For each part of an answer to be taken."""
MOST_WAITING = 32
"""Connections whose head is not yet there."""
MOST_STREAMS = 16
"""Streams of events."""


class RequestHead(io.RawIOBase):
    """The first bytes that come over a connection. Reading raises LineTooLong or TimeoutError beyond the bounds."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._end = time.monotonic() + HEAD_SECONDS
        self._left = MOST_BYTES

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Receive into ``buffer``; return the number of bytes, 0 at the end."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        if not self._left:
            raise LineTooLong("head")
        self._connection.settimeout(seconds)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count


class WaitingConnections:
    """The connections whose request is not yet there. Where there are too many, the oldest one is cut off."""

    def __init__(self) -> None:
        self._connections: dict[socket.socket, None] = {}
        self._lock = threading.Lock()

    def add(self, connection: socket.socket) -> None:
        """Add a new connection."""
        with self._lock:
            while len(self._connections) >= MOST_WAITING:
                oldest = next(iter(self._connections))
                del self._connections[oldest]
                with contextlib.suppress(OSError):  # It may be gone.
                    oldest.shutdown(socket.SHUT_RDWR)
            self._connections[connection] = None

    def remove(self, connection: socket.socket) -> None:
        """Remove a connection whose request is there, or that has ended."""
        with self._lock:
            self._connections.pop(connection, None)
