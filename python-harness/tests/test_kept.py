"""What preloaded modules keep is not shared by forks."""
from __future__ import annotations

import mmap
import os
import sys
import tempfile
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool
from typing import Any

from pungi_harness import kept_memory, kept_threads
from tests.in_child import in_child


def seen_after_a_fork(memory: mmap.mmap) -> bytes:
    """What is there when a forked child has written to it."""
    pid = os.fork()
    if pid == 0:
        memory[:4] = b"gone"
        os._exit(0)
    os.waitpid(pid, 0)
    return memory[:4]


@unittest.skipUnless(sys.platform == "linux", "only Linux tells its mappings")
class Memory(unittest.TestCase):
    def test_a_shared_mapping_is_that_of_its_process(self) -> None:
        def work() -> Any:
            memory = mmap.mmap(-1, 3 * mmap.PAGESIZE)
            memory[:4] = b"here"
            memory[-4:] = b"last"
            shared = seen_after_a_fork(memory)
            memory[:4] = b"here"
            kept_memory.make_own(-1)
            before = memory[:4], memory[-4:]
            return shared, before, seen_after_a_fork(memory)

        self.assertEqual(in_child(work), (b"gone", (b"here", b"last"), b"here"))

    def test_so_is_one_of_a_file_that_has_become_shorter(self) -> None:
        def work() -> Any:
            with tempfile.TemporaryFile() as file:
                file.truncate(2 * mmap.PAGESIZE)
                memory = mmap.mmap(file.fileno(), 2 * mmap.PAGESIZE)
                memory[:4] = b"here"
                file.truncate(mmap.PAGESIZE)
                kept_memory.make_own(-1)
                memory[-4:] = b"mine"
                kept = seen_after_a_fork(memory), memory[-4:]
                file.seek(0)
                memory[:4] = b"own "
                return kept, file.read(4)

        self.assertEqual(in_child(work), ((b"here", b"mine"), b"here"))

    def test_one_that_is_read_only_now_but_could_be_written_to_is_made_private_and_stays_read_only(self) -> None:
        def work() -> Any:
            memory = mmap.mmap(-1, mmap.PAGESIZE)
            text = kept_memory._read_smaps(-1)
            found = kept_memory._shared(text)
            memory.close()
            shown = text.replace(b" rw-s ", b" r--s ").replace(b" wr ", b" ")
            return len(found), [row[2] for row in kept_memory._shared(shown)]

        self.assertEqual(in_child(work), (1, [kept_memory.PROT_READ]))

    def test_read_only_files_and_private_memory_are_left(self) -> None:
        def work() -> Any:
            with open(__file__, "rb") as file:
                kept = [
                    mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ),
                    mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE),
                ]
                found = kept_memory._shared(kept_memory._read_smaps(-1))
                for memory in kept:
                    memory.close()
                return found

        self.assertEqual(in_child(work), [])


class Threads(unittest.TestCase):
    def test_a_pool_works_in_a_fork_and_holds_no_thread_before(self) -> None:
        def work() -> Any:
            pool = ThreadPoolExecutor(2)
            first = [future.result() for future in [pool.submit(pow, 2, n) for n in range(5)]]
            kept_threads.put_to_rest()
            alive = threading.active_count()
            in_fork = in_child(lambda: [pool.submit(pow, 3, n).result(5) for n in range(5)])
            after = pool.submit(pow, 2, 5).result(5)
            pool.shutdown()
            return first, alive, in_fork, after

        self.assertEqual(in_child(work), ([1, 2, 4, 8, 16], 1, [1, 3, 9, 27, 81], 32))

    def test_a_pool_of_multiprocessing_as_well(self) -> None:
        started = []

        def work() -> Any:
            pool = ThreadPool(2, started.append, ("started",))
            first = pool.map(abs, [-1, 2])
            kept_threads.put_to_rest()
            alive = threading.active_count()
            in_fork = in_child(lambda: [pool.apply(pow, (3, 2)), pool.map(abs, [-3]), list(pool.imap(abs, [-4]))])
            with pool:
                after = pool.map_async(abs, [-5]).get(5)
            return first, alive, in_fork, after, len(started)

        self.assertEqual(in_child(work), ([1, 2], 1, [9, [3], [4]], [5], 4))

    def test_what_ended_its_pool_finds_it_so(self) -> None:
        def work() -> Any:
            pools = [ThreadPool(1) for _ in range(3)]
            pools[0].terminate()
            kept_threads.put_to_rest()
            pools[1].terminate()
            pools[2].close()
            said = []
            for pool in pools:
                pool.join()
                try:
                    pool.map(abs, [1])
                except ValueError as error:
                    said.append(str(error))
            return said

        self.assertEqual(in_child(work), ["Pool not running"] * 3)

    def test_one_that_was_shut_down_stays_so(self) -> None:
        def work() -> Any:
            pool = ThreadPoolExecutor(1)
            pool.submit(int).result()
            pool.shutdown()
            kept_threads.put_to_rest()
            try:
                pool.submit(int)
            except RuntimeError:
                return "refused"
            return "taken"

        self.assertEqual(in_child(work), "refused")


if __name__ == "__main__":
    unittest.main()
