"""A worker that serves a session: one job after another in one namespace, until its line is closed.

What a run does at its end, it does at the end of the session: wait for threads, run exit handlers, let go of its
variables. What belongs to one step (denials, displays, metadata, standard input, the text of the code) is made anew.
"""
from __future__ import annotations

import os
import sys

import _socket

from . import execute, finish, protocol, source, step_jobs, variables, vars_of
from .interrupts import Interrupts, shield

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .branch import Brancher
    from .language import Language
    from .functions.desk import Desk

_RECURSION_LIMIT = 1000
RESULT = "result"


def serve(line: _socket.socket, language: Language, job_cap: int, brancher: Brancher) -> None:
    """Returns when the host has closed the session and its program has ended as programs do."""
    caps = {protocol.JOB: job_cap, protocol.FORK: protocol.SMALL, protocol.ANSWER: protocol.LARGE}
    reader = protocol.FrameReader(caps)
    take_job = step_jobs.receiver(reader, brancher)
    session = Session(language)
    functions = None
    while True:
        job = take_job(line)
        if job is None:
            session.end()
            return
        language.rich.begin(line, job)
        if "functions" in job:
            functions = functions or _open_functions(line, reader)
            functions.begin(language.rich, job["functions"])
        outcome = session.step(job)
        if functions is not None:
            functions.end(language.rich)
        line.sendall(protocol.frame(protocol.OUTCOME, 0, execute.outcome_json(outcome).encode()))


def _open_functions(line: _socket.socket, reader: protocol.FrameReader) -> Desk:
    from .functions import port
    from .functions.desk import Desk

    shield(*port.WHOLE)
    return Desk(line, reader)


class Session:
    def __init__(self, language: Language) -> None:
        workdir = os.getcwd()
        self._language = language
        self._interrupts = Interrupts()
        language.install(workdir)
        self._run = language.begin_run(workdir)
        self._begun = False
        # The names before the step, when its exports are asked for.
        self._before: dict | None = None
        self._wrote = False
        self._recursion_limit = 0
        self._set_recursion_limit = sys.setrecursionlimit
        sys.modules["__main__"] = self._run.module

    def step(self, job: dict) -> dict:
        run, language = self._run, self._language
        ending = execute.Ending()
        run.denials.begin()
        self._interrupts.install()
        namespace = run.namespace
        # Old values stay readable, and what this step assigns is told from them.
        hidden = _hide_result(run)
        self._before = None
        try:
            self._enter(job, ending)
        except BaseException as error:  # noqa: BLE001 - whatever user code raises is a fact of the step
            ending.take(error, run)
        self._keep_recursion_limit()
        user = self._interrupts.call
        last = namespace.get(source.LAST_VALUE)
        _guarded("what was left to show", lambda: user(language.rich.show_left, last, ending.notes), ending.notes)
        language.rich.finish(ending.notes)
        result = execute.take_result(namespace, language.orders["resultFrom"])
        if ending.word in ("ok", "exit"):
            _guarded("the result", lambda: user(ending.encode, result, language.orders["maxResultBytes"]), ending.notes)
        _show_result(run, hidden)
        exported: dict = {}
        _guarded("exports", lambda: exported.update(user(variables.exported, run, self._before, ending.notes)), ending.notes)
        _guarded("the output", lambda: user(self._flush, ending.notes), ending.notes)
        language.gate.active = False
        return {**ending.outcome(run), **exported}

    def _enter(self, job: dict, ending: execute.Ending) -> None:
        run, language = self._run, self._language
        if job.get("purpose", "run") != "run":
            self._interrupts.call(vars_of.answer, job, run, ending)
            return
        code = execute.compile_job(job, run, ending)
        if code is None:
            return
        if not (job.get("keepInput") and self._begun):
            variables.inject(run, job["input"])
        elif language.rich.functions is not None:
            language.rich.functions.place(run.namespace)
        self._before = variables.snapshot(run, job)
        self._begin_language()
        language.gate.begin(run.denials, run.builtins)
        if code.co_flags & source.CO_COROUTINE:
            self._interrupts.call(_run_coroutine, code, run.namespace)
        else:
            self._interrupts.call(exec, code, run.namespace)

    def _begin_language(self) -> None:
        if not self._begun:
            self._begun = True
            for begin in self._language.begins:
                begin()
        elif self._recursion_limit:
            self._set_recursion_limit(self._recursion_limit)

    def _keep_recursion_limit(self) -> None:
        """What user code has set is for user code; the harness needs some depth of its own."""
        limit = sys.getrecursionlimit()
        self._recursion_limit = limit if limit < _RECURSION_LIMIT else 0
        if self._recursion_limit:
            self._set_recursion_limit(_RECURSION_LIMIT)

    def _flush(self, notes: list[str]) -> None:
        finish.flush_streams(notes)
        if self._wrote or self._language.gate.wrote:
            self._wrote = finish.flush_files(notes) > 0

    def end(self) -> None:
        notes: list[str] = []
        finish.threads_and_exit_handlers(notes)
        finish.release(self._run.namespace, True, notes)
        finish.flush_streams(notes)


def _run_coroutine(code, namespace: dict) -> None:  # type: ignore[no-untyped-def]
    finish.run_coroutine(eval(code, namespace))  # noqa: S307 - running user code is the purpose


def _hide_result(run) -> tuple | None:  # type: ignore[no-untyped-def]
    """Move `result` where a name is looked up last."""
    if RESULT not in run.namespace:
        return None
    value = run.builtins[RESULT] = run.namespace.pop(RESULT)
    return (value,)


def _show_result(run, before: tuple | None) -> None:  # type: ignore[no-untyped-def]
    run.namespace.pop(source.LAST_VALUE, None)
    run.builtins.pop(RESULT, None)
    if before is not None:
        run.namespace.setdefault(RESULT, before[0])


def _guarded(what: str, action, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    try:
        action()
    except BaseException as error:  # noqa: BLE001 - user code is behind it, or the host has interrupted it
        notes.append(f"{what}: {type(error).__name__}")
