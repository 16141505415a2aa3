"""Runs programs without a sandbox: each as the main program in a fork of one interpreter, in a directory of its own.

Takes `{"preload": [...], "programs": {name: path}}` on its standard input and prints, for each name, the exit code
and what came out. A child leaves as any interpreter does: threads are joined, `atexit` is served, buffers are flushed.
"""
from __future__ import annotations

import builtins
import gc
import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
import types

SECONDS = 60


def main() -> None:
    orders = json.load(sys.stdin)
    for name in orders["preload"]:
        importlib.import_module(name)
    gc.freeze()
    outcomes = {}
    for name, path in orders["programs"].items():
        place = tempfile.mkdtemp()
        pid = os.fork()
        if pid == 0:
            run_program(path, place)
            return
        _, status = os.waitpid(pid, 0)
        outcomes[name] = {
            "exitCode": os.waitstatus_to_exitcode(status),
            "stdout": read(f"{place}/stdout"),
            "stderr": read(f"{place}/stderr"),
        }
        shutil.rmtree(place)
    json.dump(outcomes, sys.stdout)


def run_program(path: str, place: str) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for number, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, f"{place}/stdout", os.O_WRONLY | os.O_CREAT),
        (2, f"{place}/stderr", os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(name, flags)
        os.dup2(opened, number)
        os.close(opened)
    work = f"{place}/work"
    for directory in (work, f"{place}/tmp"):
        os.mkdir(directory)
    os.chdir(work)
    os.environ.update(HOME=work, PWD=work, TMPDIR=f"{place}/tmp", MPLCONFIGDIR=f"{place}/tmp/matplotlib")
    tempfile.tempdir = None
    sys.argv = [path]
    sys.path.insert(0, work)
    module = types.ModuleType("__main__")
    vars(module).update(__builtins__=builtins, __file__=path)
    sys.modules["__main__"] = module
    signal.alarm(SECONDS)
    exec(compile(text, path, "exec", dont_inherit=True), vars(module))


def read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


if __name__ == "__main__":
    main()
