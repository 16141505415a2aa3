"""Threads that an import started: a zygote has one thread, for a fork copies no other.

One on its way out is waited for. A pool would wait for ever for threads that a worker does not have: its threads end,
after what they were given, and it makes others when it is used.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor
    from typing import Any

LONGEST_WAIT = 1


def put_to_rest() -> None:
    threading = sys.modules.get("threading")
    if threading is None:
        return
    for pool in _instances("concurrent.futures.thread", "ThreadPoolExecutor"):
        if not pool._shutdown:
            _empty(pool)
    for pool in _instances("multiprocessing.pool", "ThreadPool"):
        if pool._state == "RUN":
            _close_until_used(pool)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(LONGEST_WAIT)


def _instances(module: str, name: str) -> list:
    kind = getattr(sys.modules.get(module), name, None)
    # Not isinstance, which asks an object for its class.
    return [] if kind is None else [thing for thing in gc.get_objects() if issubclass(type(thing), kind)]


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


def _close_until_used(pool: Any) -> None:
    """A `ThreadPool` keeps what it has of threads in many places: it is closed by its own code, and later made anew."""
    arguments = pool._processes, pool._initializer, pool._initargs
    own = pool._worker_handler, pool._task_handler, pool._result_handler
    pool.close()
    for thread in (*own, *pool._pool):
        thread.join(LONGEST_WAIT)
    pool._terminate.cancel()
    pool._state = "RUN"

    def open_again() -> None:
        # Each of its methods that gives it something to do asks this first.
        del pool._check_running
        if pool._state == "RUN":
            pool.__init__(*arguments)
        pool._check_running()

    pool._check_running = open_again
