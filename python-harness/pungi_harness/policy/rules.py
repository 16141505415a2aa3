"""The rules for imports and builtins, and what a worker does to hold them."""
from __future__ import annotations

from .builtins_guard import BuiltinRules, place_stubs
from .denials import Denials
from .imports import ImportRules, make_import

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Rules:
    """Those of the policy. `recorder.Recorder` stands in its place where all is let through and noted."""

    def __init__(self, orders: dict) -> None:
        self.imports = ImportRules(orders["blockedImports"], orders["allowedImports"])
        self.builtins = BuiltinRules(orders["blockedBuiltins"], orders["allowedBuiltins"])

    def place(self, names: dict, denials: Denials, after_import: Callable) -> dict:
        """The builtins of user code, made of the real ones."""
        place_stubs(names, self.builtins, denials)
        names["__import__"] = make_import(self.imports, denials, names, after_import)
        return names

    def kept(self) -> frozenset[str]:
        """Names that user code cannot set anew."""
        refused = self.builtins.refused
        return refused | {"__import__"} if self.imports.active else refused

    def install(self, workdir: str) -> None:
        """Once for each worker, before the gate."""

    def begin(self, builtins: dict) -> None:
        """Once for each run."""

    def seen(self) -> dict:
        """What the outcome says beside: what the run asked for, where that is noted."""
        return {}


def make_rules(orders: dict, gate: object) -> Rules:
    if not orders["record"]:
        return Rules(orders)
    from .recorder import Recorder

    return Recorder(gate)
