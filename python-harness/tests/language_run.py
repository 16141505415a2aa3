"""Runs code in a forked child, as a worker does, and gives back what it left. Not a test."""
from __future__ import annotations

import marshal
import os
import shutil
import sys
import tempfile

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, HARNESS)

from pungi_harness import execute, values
from pungi_harness.language import Language

ORDERS = {
    "blockedImports": [],
    "allowedImports": None,
    "blockedBuiltins": [],
    "allowedBuiltins": None,
    "guard": None,
    "banDefinitions": False,
    "banDunders": False,
    "bannedSyntax": {},
    "blockedGlobals": [],
    "allowedGlobals": None,
    "resultFrom": "either",
    "recursionLimit": None,
    "seed": None,
    "clock": None,
    "maxAstNodes": 100_000,
    "record": False,
    "maxResultBytes": 1 << 20,
    "maxDisplays": 32,
    "maxDisplayBytes": 2 << 20,
    "extraGlobals": "{}",
    "network": False,
    "subprocess": False,
    "forks": True,
    "writable": [".", "/tmp/of-run"],
    # Here the harness is made of files, which linecache reads for a traceback; in a jail it is not.
    "readable": [HARNESS],
}


class Left:
    """What a run left: the outcome, the streams and the names of the files."""

    def __init__(self, outcome: dict, out: str, err: str, files: dict) -> None:
        self.outcome = outcome
        self.out = out
        self.err = err
        self.files = files
        self.ending = outcome["ending"]
        self.error = outcome["error"]
        self.denials = outcome["denials"]
        self.result = values.decode(outcome["result_text"]) if outcome["hasResult"] else None


def run(code: str = "", input_data: object = None, files: dict | None = None, job: dict | None = None, **orders: object) -> Left:
    workdir = os.path.realpath(tempfile.mkdtemp(prefix="pungi-test-"))
    try:
        for name, text in (files or {}).items():
            path = os.path.join(workdir, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        streams = [tempfile.TemporaryFile() for _ in range(3)]
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            _child(workdir, streams, code, {} if input_data is None else input_data, job or {}, {**ORDERS, **orders})
        _, status = os.waitpid(pid, 0)
        texts = []
        for stream in streams:
            stream.seek(0)
            texts.append(stream.read())
            stream.close()
        if status != 0:
            raise AssertionError(f"the child ended with {status}: {texts[1].decode()} {texts[2].decode()}")
        left = {}
        for folder, _, names in os.walk(workdir):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    left[os.path.relpath(os.path.join(folder, name), workdir)] = file.read()
        return Left(marshal.loads(texts[0]), texts[1].decode(), texts[2].decode(), left)
    finally:
        shutil.rmtree(workdir)


def _child(workdir: str, streams: list, code: str, input_data: object, job: dict, orders: dict) -> None:
    status = 1
    try:
        os.chdir(workdir)
        os.environ.pop("TMPDIR", None)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(streams[1].fileno(), 1)
        os.dup2(streams[2].fileno(), 2)
        for number, name in ((1, "stdout"), (2, "stderr")):
            stream = open(number, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        import atexit

        atexit._clear()
        sys.path[:] = [entry for entry in sys.path if "python-harness" not in entry]
        language = Language(orders)
        execute.rehearse(values.decode(execute.DUMMY.decode()), language)
        full = {"code": code, "filename": "<user_code>", "input": input_data, "argv": [], "env": {}, "entrypoint": None, **job}
        outcome = execute.run_job(full, language)
        values.decode(execute.outcome_json(outcome))
        os.write(streams[0].fileno(), marshal.dumps(outcome))
        status = 0
    finally:
        if status:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        os._exit(status)
