"""`bannedSyntax`: kinds of syntax and calls by name that a policy refuses, each with advice of the caller's own."""
from __future__ import annotations

import _ast

from .denials import PolicyError, at_line, denial


def with_bans(visits: dict, bans: dict) -> dict:
    """The visits of a walk and those that the bans ask for: nothing is added to kinds that are free."""
    calls = {name[:-2]: name for name in bans if name.endswith("()")}
    kinds = {getattr(_ast, name) for name in bans if not name.endswith("()") and hasattr(_ast, name)}
    if calls:
        kinds.add(_ast.Call)
    return {**visits, **{kind: _visit(kind, visits.get(kind), bans, calls) for kind in kinds}}


def _visit(kind: type, before, bans: dict, calls: dict):  # type: ignore[no-untyped-def]
    name = kind.__name__

    def visit(walk, node) -> None:  # type: ignore[no-untyped-def]
        if before is not None:
            before(walk, node)
        if name in bans:
            _refuse(walk, node, f"Syntax '{name}'", name, bans[name])
        called = calls.get(_dotted(node.func)) if kind is _ast.Call else None
        if called is not None:
            _refuse(walk, node, f"The call {called}", called, bans[called])

    return visit


def _refuse(walk, node, what: str, name: str, advice: str) -> None:  # type: ignore[no-untyped-def]
    message = f"{what} is not allowed by policy{at_line(node.lineno, walk.filename)}."
    hint = advice or f"Remove '{name}' from bannedSyntax to allow it."
    walk.add(node, denial("language", "syntax", name, node.lineno, message, hint), PolicyError)


def _dotted(node) -> str:  # type: ignore[no-untyped-def]
    """`np.linalg.solve`; empty for what is not made of names alone."""
    parts = []
    while isinstance(node, _ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, _ast.Name) else ""
