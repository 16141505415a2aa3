"""Runs code as `language_run` does and reads back the frames that it sent meanwhile. Not a test."""
from __future__ import annotations

import importlib.util
import os
import tempfile
from unittest import mock

from pungi_harness import execute, protocol, wire_json
from pungi_harness.language import Language

from . import language_run

CAPS = {protocol.DISPLAY: 1 << 30, protocol.EVENT: 1 << 30}


class _Line:
    """Takes frames as a worker's line does, without anybody who has to read meanwhile."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def sendall(self, data: bytes) -> None:
        os.write(self._descriptor, data)


class Shown:
    def __init__(self, left: language_run.Left, frames: list) -> None:
        self.left = left
        self.notes = left.outcome["notes"]
        self.displays = [wire_json.loads(payload.decode()) for kind, _, payload in frames if kind == protocol.DISPLAY]
        self.events = [wire_json.loads(payload.decode()) for kind, _, payload in frames if kind == protocol.EVENT]


def show(code: str, **orders: object) -> Shown:
    real = execute.run_job
    with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as home:
        line = _Line(file.fileno())

        def run_job(job: dict, language: Language) -> dict:
            if job.get("purpose", "run") == "run":
                language.rich.begin(line, job)
            return real(job, language)

        environment = {"MPLBACKEND": "Agg", "MPLCONFIGDIR": os.path.join(home, "matplotlib")}
        with mock.patch.object(execute, "run_job", run_job), mock.patch.dict(os.environ, environment):
            left = language_run.run(code, writable=[".", home], **orders)  # type: ignore[arg-type]
        file.seek(0)
        return Shown(left, protocol.FrameReader(CAPS).feed(file.read()))


def missing(*modules: str) -> str:
    """Why a test of these cannot run here; empty when it can."""
    absent = [name for name in modules if importlib.util.find_spec(name) is None]
    return f"this interpreter has no {' and no '.join(absent)}" if absent else ""
