"""The language policy of a worker, ready to use, and what one run has of its own."""
from __future__ import annotations

import sys

from . import source, user_modules, values
from .display import rich
from .policy.audit import Gate
from .policy.builtins_guard import base_builtins, share_changes
from .policy.denials import Denials
from .policy.rules import make_rules
from .policy.validate import Validator

_Module = type(sys)


class Language:
    """The language policy of a plan, ready to use, and what a worker installs once for it."""

    def __init__(self, orders: dict) -> None:
        self.orders = orders
        self.gate = Gate(orders)
        self.rules = make_rules(orders, self.gate)
        self.validator = Validator(orders, self.rules.imports, self.rules.builtins)
        self.builtins = base_builtins()
        self.extra_globals = values.decode(orders["extraGlobals"])
        self.guard = None
        if orders["guard"] is not None:
            from .policy.guard import Guard

            self.guard = Guard(orders["guard"], self.gate)
        # Called in the worker just before user code.
        self.begins: list = []
        if orders["recursionLimit"] is not None:
            from .policy.recursion_limit import limiter

            self.begins.append(limiter(orders["recursionLimit"], self))
        self.rich = rich.Rich(orders)
        self.run: Run | None = None
        # Kept to the end: to let go of it would touch whatever a run holds, which is most of what a fork shares.
        self._rehearsal: Run | None = None
        self._next: Run | None = None
        self._installed = False

    def make_ahead(self, workdir: str) -> None:
        """In the zygote, where all workers have one path for their workdirs: make once what each would make."""
        self.install(workdir)
        self._rehearsal = Run(self, workdir)
        self.get_ready(workdir)

    def get_ready(self, workdir: str) -> None:
        """Make what the next run needs before its job is there."""
        self._next = self._next or Run(self, workdir)

    def begin_run(self, workdir: str) -> Run:
        self.run, self._next = self._next or Run(self, workdir), None
        self.rules.begin(self.run.builtins)
        return self.run

    def begin_rehearsal(self, workdir: str) -> Run:
        self.run = self._rehearsal = self._rehearsal or Run(self, workdir)
        return self.run

    def install(self, workdir: str) -> None:
        if not self._installed:
            self._installed = True
            user_modules.install(self, workdir)
            self.rich.install()
            self.rules.install(workdir)
            self.gate.install(workdir)


class Run:
    """What one run has of its own."""

    __slots__ = ("language", "workdir", "denials", "sources", "builtins", "module", "namespace", "main")

    def __init__(self, language: Language, workdir: str) -> None:
        self.language = language
        self.workdir = workdir
        self.denials = Denials()
        self.sources = source.Sources()
        names = {**language.builtins, "display": language.rich.display}
        self.builtins = language.rules.place(names, self.denials, self.sources.prime_linecache)
        self.module = _Module("__main__")
        self.namespace = vars(self.module)
        self.namespace["__builtins__"] = self.builtins
        self.main = "<user_code>"
        if language.guard is not None:
            language.guard.begin(self)
        else:
            share_changes(self.builtins, language.rules.kept())

    def relative(self, path: str) -> str:
        """User files are shown as the caller named them, wherever the workdir is."""
        return path[len(self.workdir) + 1 :] if path.startswith(self.workdir + "/") else path
