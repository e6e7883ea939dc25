"""The keys with which a browser passes the guard of a desk: each does so once."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable


class Keys:
    """The key with which a browser passes the guard once; then there is another. Several threads may use it.

    The guard then opens the session, or leads to the desk whose session the browser has.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        """``tell`` is told the next key as soon as one has been used."""
        self._tell = tell
        self._lock = threading.Lock()
        self.next = secrets.token_urlsafe(32)

    def take(self, key: str) -> bool:
        """Tell whether ``key`` passes the guard; it does so this once."""
        with self._lock:
            if not secrets.compare_digest(key.encode(), self.next.encode()):
                return False
            self.next = secrets.token_urlsafe(32)
            self._tell(self.next)
        return True
