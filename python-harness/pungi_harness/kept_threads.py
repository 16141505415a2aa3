"""Threads that an import started: a zygote has one thread, for a fork copies no other.

One on its way out is waited for. A pool of `concurrent.futures` would wait for ever for threads that a worker does not
have: its threads end, after what they were given, and it makes others when it is used.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

LONGEST_WAIT = 1


def put_to_rest() -> None:
    threading = sys.modules.get("threading")
    if threading is None:
        return
    module = sys.modules.get("concurrent.futures.thread")
    if module is not None:
        for thing in gc.get_objects():
            if issubclass(type(thing), module.ThreadPoolExecutor) and not thing._shutdown:
                _empty(thing)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(LONGEST_WAIT)


def _empty(pool: ThreadPoolExecutor) -> None:
    import queue
    import threading

    threads = set(pool._threads)
    if not threads:
        return
    pool._shutdown = True
    # The order to end; each thread hands it on to the next.
    pool._work_queue.put(None)  # type: ignore[arg-type]
    for thread in threads:
        thread.join(LONGEST_WAIT)
    pool._threads = set()
    pool._work_queue = queue.SimpleQueue()
    pool._idle_semaphore = threading.Semaphore(0)
    pool._shutdown = False
