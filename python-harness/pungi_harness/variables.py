"""The variables that a program finds: its input data, the keys of it, and the policy's constants."""
from __future__ import annotations

from . import source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .language import Run

_KEYWORDS = frozenset(
    "False None True and as assert async await break class continue def del elif else except finally for from global "
    "if import in is lambda nonlocal not or pass raise return try while with yield".split()
)
RESERVED = frozenset(["__builtins__", "input_data", "result", source.LAST_VALUE])


def inject(run: Run, input_data: object) -> None:
    """`input_data`, its keys as variables, and the policy's constants, which win."""
    namespace = run.namespace
    namespace["input_data"] = input_data
    orders = run.language.orders
    blocked, allowed = orders["blockedGlobals"], orders["allowedGlobals"]
    if type(input_data) is dict:
        for key, value in input_data.items():
            is_open = key not in blocked and (allowed is None or key in allowed)
            if is_open and _may_be_variable(key, run.language.builtins):
                namespace[key] = value
    for key, value in run.language.extra_globals.items():
        if key not in RESERVED:
            namespace[key] = value
    if run.language.rich.functions is not None:
        run.language.rich.functions.place(namespace)


def _may_be_variable(key: object, builtins: dict) -> bool:
    return (
        isinstance(key, str)
        and key.isidentifier()
        and key[0] != "_"
        and key not in _KEYWORDS
        and key not in RESERVED
        and key not in builtins
    )


def snapshot(run: Run, job: dict) -> dict | None:
    """The namespace before user code, for `exported`; None when nobody asks for exports."""
    return dict(run.namespace) if job.get("exports") else None


def exported(run: Run, before: dict | None, notes: list[str]) -> dict:
    """What goes into the outcome beside the rest."""
    if before is None:
        return {}
    from . import exports

    return {"exports_text": exports.text(run, before, notes)}
