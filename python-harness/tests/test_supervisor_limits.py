"""What the supervisor itself holds a run to, each limit by a run that goes past it and one that does not."""
from __future__ import annotations

import os
import tempfile
import time
import unittest

import _signal

from pungi_harness import protocol, wire_json
from tests.fuzz.frames_targets import LIMITS, RUN, Stage

SECONDS = 60
SIZE = 1 << 20


class Limits(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.directory = place.name
        os.mkdir(f"{self.directory}/work")

    def begin(self, workdir: str = "tmpfs") -> Stage:
        stage = Stage(self.directory, False, workdir)
        self.addCleanup(stage.close)
        orders = {"timeoutMs": SECONDS * 1000, "stdin": False, "files": [], "stream": False}
        stage.desk.obey([(protocol.START, RUN, wire_json.dumps(orders).encode()), (protocol.JOB, RUN, b"{}")])
        return stage

    def reason_after(self, stage: Stage, seconds: float) -> str:
        run = stage.handle.run
        assert run is not None
        stage.desk.tick(run.started + seconds)
        return run.reason

    def test_the_deadline(self) -> None:
        self.assertEqual(self.reason_after(self.begin(), SECONDS - 1), "")
        self.setUp()
        self.assertEqual(self.reason_after(self.begin(), SECONDS), "timeout")

    def test_the_clock_of_the_processor(self) -> None:
        stage = self.begin()
        stage.handle.cpu_ms = lambda: LIMITS["cpuSeconds"] * 1000.0 - 1  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "")
        stage.handle.cpu_ms = lambda: LIMITS["cpuSeconds"] * 1000.0  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "cpu")

    def test_threads(self) -> None:
        stage = self.begin()
        stage.handle.threads = lambda: LIMITS["maxProcesses"]  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "")
        stage.handle.threads = lambda: LIMITS["maxProcesses"] + 1  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "processes")

    def test_bytes_and_entries_of_a_directory_of_the_host(self) -> None:
        for name, fill, reason in (
            ("room", lambda: self.fill("a", SIZE // 2), ""),
            ("bytes", lambda: self.fill("a", SIZE + 1), "disk"),
            ("entries", lambda: [self.fill(f"e{number}", 0) for number in range(100)], "disk"),
        ):
            with self.subTest(name):
                self.setUp()
                stage = self.begin("directory")
                fill()
                self.assertEqual(self.reason_after(stage, 1), reason)

    def test_a_tmpfs_is_held_by_the_kernel(self) -> None:
        stage = self.begin()
        self.fill("a", SIZE + 1)
        self.assertEqual(self.reason_after(stage, 1), "")

    def test_files_that_no_directory_shows(self) -> None:
        stage = self.begin("directory")
        said, ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            descriptor = os.open(f"{self.directory}/work/gone", os.O_CREAT | os.O_RDWR, 0o600)
            os.truncate(descriptor, SIZE + 1)
            os.unlink(f"{self.directory}/work/gone")
            os.write(ready, b"x")
            time.sleep(60)
            os._exit(0)
        self.addCleanup(os.close, said)
        self.addCleanup(os.close, ready)
        os.read(said, 1)
        stage.handle.pid = pid
        self.assertEqual(self.reason_after(stage, 1), "disk")
        self.assertEqual(os.waitpid(pid, 0)[1], _signal.SIGKILL, "and who holds them is ended")
        stage.handle.pid = 0

    def fill(self, name: str, size: int) -> None:
        with open(f"{self.directory}/work/{name}", "wb") as file:
            file.truncate(size)
