"""Who waits for an answer: a thread that blocks, or a task of an event loop."""
from __future__ import annotations

import _thread


class ThreadSlot:
    """The caller reads the line itself, or sleeps on a lock that is let go when that changes."""

    __slots__ = ("done", "parts", "_lock")

    def __init__(self) -> None:
        self.done = False
        self.parts: list[bytes] = []
        self._lock: object = None

    def prepare(self) -> bool:
        """Whether the lock is there already; from then on `wake` is heard."""
        if self._lock is not None:
            return True
        lock = _thread.allocate_lock()
        lock.acquire()
        self._lock = lock
        return False

    def sleep(self) -> None:
        self._lock.acquire()  # type: ignore[attr-defined]

    def wake(self) -> bool:
        """Whether there was somebody to wake."""
        if self._lock is None:
            return False
        try:
            self._lock.release()  # type: ignore[attr-defined]
        except RuntimeError:
            # Woken already, and not yet asleep again.
            pass
        return True

    def finish(self) -> None:
        self.done = True
        self.wake()


class TaskSlot:
    """The caller awaits a future of its loop."""

    __slots__ = ("done", "parts", "future", "_loop", "_thread")

    def __init__(self, loop: object) -> None:
        self.done = False
        self.parts: list[bytes] = []
        self.future = loop.create_future()  # type: ignore[attr-defined]
        self._loop = loop
        self._thread = _thread.get_ident()

    def wake(self) -> bool:
        # Its loop watches the line by itself.
        return False

    def finish(self) -> None:
        self.done = True
        if _thread.get_ident() == self._thread:
            self._set()
            return
        try:
            self._loop.call_soon_threadsafe(self._set)  # type: ignore[attr-defined]
        except RuntimeError:
            # Its loop was closed: nobody waits any more.
            pass

    def _set(self) -> None:
        if not self.future.done():
            self.future.set_result(None)
