"""Runs user code in a namespace of its own and makes the outcome of it.

`warm_up` is called once, in the zygote; `run_job` in the worker, whose working directory is the workdir and whose
streams are the user's. A worker runs at most one job that is not its own rehearsal.
"""
from __future__ import annotations

import os
import sys

from . import finish, report, source, user_modules, values, variables, wire_json
from .policy.denials import is_blocked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

    from .language import Language, Run
    from .policy.validate import Violation

_RECURSION_LIMIT = 1000
# A job that is nobody's, as it travels.
DUMMY = (
    b'{"code":"x = input_data[\'y\']\\nx + 1","filename":"<user_code>","input":{"y":1},"argv":[],"env":{},'
    b'"entrypoint":null}'
)
# The real one: a policy may put a refusing one in its place.
_set_recursion_limit = sys.setrecursionlimit


def warm_up(language: Language, rounds: int) -> None:
    """In the zygote: run nothing of anybody's often enough that caches and specialised code are made once for all."""
    main = sys.modules["__main__"]
    for _ in range(rounds):
        _run_dummy(values.decode(DUMMY.decode()), language, "warm-up")
    sys.modules["__main__"] = main
    language.run = None


def rehearse(job: dict, language: Language) -> None:
    """Take the page faults of a run, without what is the program's to end: exit handlers, threads, figures."""
    language.rich.begin(None, job)
    _run_dummy(job, language, "rehearsal")


def _run_dummy(job: dict, language: Language, purpose: str) -> None:
    outcome_json(run_job({**job, "purpose": purpose}, language))


def run_job(job: dict, language: Language) -> dict:
    """Run the job to its very end; the outcome as in docs/architecture.md, with `result_text` for `result`.

    `job` is what `values.decode` made of the frame, so that its `input` holds Python values already.
    """
    workdir = os.getcwd()
    purpose = job.get("purpose", "run")
    if purpose != "warm-up":
        language.install(workdir)
    run = language.begin_rehearsal(workdir) if purpose == "rehearsal" else language.begin_run(workdir)
    if purpose in ("validate", "describe"):
        from .policy import questions

        return questions.answer(purpose, job, run)
    sys.modules["__main__"] = run.module
    ending, before = Ending(), None
    try:
        code = compile_job(job, run, ending)
        if code is not None:
            variables.inject(run, job["input"])
            before = variables.snapshot(run, job)
            if purpose == "run":
                for begin in language.begins:
                    begin()
            language.gate.begin(run.denials, run.builtins)
            if code.co_flags & source.CO_COROUTINE:
                finish.run_coroutine(eval(code, run.namespace))  # noqa: S307 - running user code is the purpose
            else:
                exec(code, run.namespace)  # noqa: S102
    except BaseException as error:  # noqa: BLE001 - whatever user code raises is a fact of the run
        ending.take(error, run)
    if language.orders["recursionLimit"] is not None:
        _set_recursion_limit(_RECURSION_LIMIT)
    if purpose == "run":
        # An exit handler of pyplot ends all figures.
        language.rich.show_left(run.namespace.get(source.LAST_VALUE), ending.notes)
        finish.threads_and_exit_handlers(ending.notes)
    if purpose != "warm-up":
        language.rich.finish(ending.notes)
    result = take_result(run.namespace, language.orders["resultFrom"]) if ending.word in ("ok", "exit") else None
    ending.encode(result, language.orders["maxResultBytes"])
    exported = variables.exported(run, before, ending.notes)
    if purpose != "warm-up":
        finish.release(run.namespace, language.gate.wrote, ending.notes)
    finish.flush_streams(ending.notes)
    language.gate.active = False
    return {**ending.outcome(run), **exported}


def outcome_json(outcome: dict) -> str:
    """The outcome as JSON; what is wire text already, is put in as it is."""
    rest = {key: value for key, value in outcome.items() if key not in ("result_text", "exports_text")}
    exported = ',"exports":' + outcome["exports_text"] if "exports_text" in outcome else ""
    return '{"result":' + (outcome["result_text"] or "null") + exported + "," + wire_json.dumps(rest)[1:]


class Ending:
    """How the run ended, as far as the worker can tell."""

    __slots__ = ("word", "exit_code", "error", "notes", "result_text", "has_result", "result_repr")

    def __init__(self) -> None:
        self.word = "ok"
        self.exit_code = 0
        self.error: dict | None = None
        self.notes: list[str] = []
        self.result_text: str | None = None
        self.has_result = False
        self.result_repr: str | None = None

    def take(self, error: BaseException, run: Run) -> None:
        if sys.getrecursionlimit() < _RECURSION_LIMIT:
            _set_recursion_limit(_RECURSION_LIMIT)
        try:
            self._take(error, run)
        except BaseException:  # noqa: BLE001 - the class of the exception may be hostile in any of its attributes
            self.word, self.exit_code = "error", 1
            self.error = report.undescribed(type(error))

    def _take(self, error: BaseException, run: Run) -> None:
        kind = type(error)
        if issubclass(kind, SystemExit):
            self._take_exit(error, run)
            return
        self.word = "blocked" if is_blocked(error) else "error"
        self.exit_code = 130 if issubclass(kind, KeyboardInterrupt) else 1
        self.error, text = report.describe(error, run)
        report.show(error, text)

    def take_violations(self, violations: list[Violation], run: Run) -> None:
        for violation in violations:
            run.denials.add(violation.refused)
        self.word = "blocked"
        self.exit_code = 1
        self.error, text = report.describe_violation(violations[0], run)
        report.show(None, text)

    def _take_exit(self, error: BaseException, run: Run) -> None:
        self.word = "exit"
        code = error.code  # type: ignore[attr-defined]
        if code is None or (isinstance(code, int) and int.__index__(code) == 0):
            return
        if isinstance(code, int):
            self.exit_code = int.__index__(code) & 0xFF
        else:
            self.exit_code = 1
            report.show(None, report.safe_text(code) + "\n")
        self.error, _ = report.describe(error, run)

    def encode(self, result: tuple | None, max_bytes: int) -> None:
        if result is None:
            return
        encoded = values.encode(result[0], max_bytes)
        self.result_text = encoded.text
        self.has_result = encoded.text is not None
        self.notes.extend(encoded.notes)
        self.result_repr = values.short_repr(result[0])

    def outcome(self, run: Run) -> dict:
        return {
            "ending": self.word,
            "result_text": self.result_text,
            "hasResult": self.has_result,
            "resultRepr": self.result_repr,
            "notes": self.notes,
            "error": self.error,
            "exitCode": self.exit_code,
            "denials": run.denials.items,
            **run.language.rules.seen(),
        }


def compile_job(job: dict, run: Run, ending: Ending) -> CodeType | None:
    """Code of the main program, or None when the policy refuses it; then nothing has run."""
    entrypoint = job["entrypoint"]
    if entrypoint is None:
        run.main = job["filename"]
        # An editor's byte order mark is no code; CPython drops it from files, too.
        text = job["code"][1:] if job["code"][:1] == "\ufeff" else job["code"]
        data: str | bytes = text
    else:
        run.main = entrypoint
        with open(entrypoint, "rb") as file:
            data = file.read()
        text = source.decode(data)
        run.namespace["__file__"] = user_modules.enter_script(run.workdir, entrypoint)
    sys.argv = [run.main, *job["argv"]]
    run.sources.add(run.main, text)
    tree = source.parse(data, run.main)
    validator = run.language.validator
    if validator.concerns(text):
        violations = validator.violations(tree, None)
        if violations:
            ending.take_violations(violations, run)
            return None
    return source.compile_program(tree, run.main, run.language.guard)


def take_result(namespace: dict, origin: str) -> tuple | None:
    """The variable `result` if assigned, else the value of the last expression unless it is None."""
    last = namespace.pop(source.LAST_VALUE, None)
    if origin == "none":
        return None
    if origin != "expression" and "result" in namespace:
        return (namespace["result"],)
    return None if last is None or origin == "variable" else (last,)
