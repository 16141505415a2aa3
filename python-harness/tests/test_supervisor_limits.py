"""What the supervisor itself holds a run to, each limit by a run that goes past it and one that does not."""
from __future__ import annotations

import os
import select
import tempfile
import time
import unittest

import _signal
from _socket import SHUT_RDWR

from pungi_harness import protocol, wire_json
from pungi_harness.run import FLOOD
from tests.fuzz.frames_targets import LIMITS, RUN, Stage

SECONDS = 60
SIZE = 1 << 20


class Staged(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.directory = place.name
        os.mkdir(f"{self.directory}/work")

    def begin(self, workdir: str = "tmpfs") -> Stage:
        stage = Stage(self.directory, False, workdir)
        self.addCleanup(stage.close)
        orders = {"timeoutMs": SECONDS * 1000, "stdin": False, "files": []}
        stage.desk.obey([(protocol.START, RUN, wire_json.dumps(orders).encode()), (protocol.JOB, RUN, b"{}")])
        return stage

    def reason_after(self, stage: Stage, seconds: float) -> str:
        run = stage.handle.run
        assert run is not None
        stage.desk.tick(run.started + seconds)
        return run.reason

    def fill(self, name: str, size: int) -> None:
        with open(f"{self.directory}/work/{name}", "wb") as file:
            file.truncate(size)


class Limits(Staged):
    def test_the_deadline(self) -> None:
        self.assertEqual(self.reason_after(self.begin(), SECONDS - 1), "")
        self.setUp()
        self.assertEqual(self.reason_after(self.begin(), SECONDS), "timeout")

    def test_the_clock_of_the_processor(self) -> None:
        stage = self.begin()
        stage.handle.cpu_ms = lambda: LIMITS["cpuSeconds"] * 1000.0 - 1  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "")
        stage.handle.cpu_ms = lambda: LIMITS["cpuSeconds"] * 1000.0  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 2), "cpu")

    def test_threads(self) -> None:
        stage = self.begin()
        stage.handle.threads = lambda: LIMITS["maxProcesses"]  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 1), "")
        stage.handle.threads = lambda: LIMITS["maxProcesses"] + 1  # type: ignore[method-assign]
        self.assertEqual(self.reason_after(stage, 2), "processes")

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


class Line(Staged):
    """What a worker may say: one more than that, and its line is read no further."""

    def say(self, stage: Stage, *frames: tuple[int, bytes]) -> list[int]:
        stage.worker.sendall(b"".join(protocol.frame(kind, 0, payload) for kind, payload in frames))
        stage.roster.hear_worker(stage.handle)
        stage.listen()
        return [kind for kind, _, _ in stage.said]

    def test_one_outcome(self) -> None:
        stage = self.begin()
        self.say(stage, (protocol.OUTCOME, b"{}"))
        self.assertFalse(stage.handle.line.ended)
        self.say(stage, (protocol.OUTCOME, b"[]"))
        self.assertTrue(stage.handle.line.ended)
        assert stage.handle.run is not None
        self.assertEqual(stage.handle.run.outcome, b"{}")

    def test_no_kind_but_its_own(self) -> None:
        for kind in (protocol.READY, protocol.FAILED):
            with self.subTest(kind=kind):
                self.setUp()
                stage = self.begin()
                self.assertEqual(self.say(stage, (kind, b"{}")), [])
                self.assertTrue(stage.handle.line.ended)
                self.assertEqual(self.reason_after(stage, 0), "lost")

    def test_a_line_that_is_closed_by_one_who_lives_and_by_one_who_died(self) -> None:
        for lives, reason in ((True, "lost"), (False, "")):
            with self.subTest(lives=lives):
                self.setUp()
                stage = self.begin()
                pid = os.fork()
                if pid == 0:
                    time.sleep(60 if lives else 0)
                    os._exit(0)
                stage.handle.pidfd = os.pidfd_open(pid)
                stage.worker.shutdown(SHUT_RDWR)
                if not lives:
                    select.select([stage.handle.pidfd], [], [])
                self.say_nothing(stage)
                stage.roster.tick(time.monotonic() + 1)
                self.assertEqual(self.reason_after(stage, 0), reason)
                os.kill(pid, _signal.SIGKILL)
                os.waitpid(pid, 0)

    def say_nothing(self, stage: Stage) -> None:
        stage.roster.hear_worker(stage.handle)
        self.assertTrue(stage.handle.line.ended)

    def test_as_many_displays_as_it_may(self) -> None:
        stage = self.begin()
        most = LIMITS["maxDisplays"]
        self.assertEqual(self.say(stage, *[(protocol.DISPLAY, b"{}")] * most), [protocol.DISPLAY] * most)
        self.assertFalse(stage.handle.line.ended)
        self.assertEqual(self.say(stage, (protocol.DISPLAY, b"{}")), [protocol.DISPLAY] * most)
        self.assertTrue(stage.handle.line.ended)

    def test_output_up_to_a_flood(self) -> None:
        stage = self.begin()
        most = FLOOD * LIMITS["maxOutputBytes"]
        for written, reason in ((most, ""), (1, "output")):
            os.write(stage.out, bytes(written))
            for descriptor in list(stage.handle.outputs):
                stage.desk.forward_output(stage.handle, descriptor)
            self.assertEqual(self.reason_after(stage, 0), reason)
