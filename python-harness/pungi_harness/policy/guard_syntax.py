"""Guarded mode refuses in the source what leads to the guard, so that code cannot allow itself."""
from __future__ import annotations

import _ast

from .denials import PolicyError, at_line, denial
from .guard_rules import FIXED, HIDDEN

_HARNESS = "pungi_harness"


def with_guard(visits: dict) -> dict:
    before = {kind: visits[kind] for kind in (_ast.Attribute, _ast.Import, _ast.ImportFrom)}

    def attribute(walk, node) -> None:  # type: ignore[no-untyped-def]
        before[_ast.Attribute](walk, node)
        if node.attr in HIDDEN or (node.attr in FIXED and type(node.ctx) is not _ast.Load):
            _refuse(walk, node, "attribute", node.attr, f"Attribute '{node.attr}'")

    def plain_import(walk, node) -> None:  # type: ignore[no-untyped-def]
        before[_ast.Import](walk, node)
        _harness(walk, node, [alias.name for alias in node.names])

    def import_from(walk, node) -> None:  # type: ignore[no-untyped-def]
        before[_ast.ImportFrom](walk, node)
        _harness(walk, node, [node.module or ""])

    return {**visits, _ast.Attribute: attribute, _ast.Import: plain_import, _ast.ImportFrom: import_from}


def _harness(walk, node, names: list[str]) -> None:  # type: ignore[no-untyped-def]
    for name in names:
        if name.partition(".")[0] == _HARNESS:
            _refuse(walk, node, "import", name, f"Import '{name}'")


def _refuse(walk, node, action: str, target: str, what: str) -> None:  # type: ignore[no-untyped-def]
    message = f"{what} is not allowed in guarded mode{at_line(node.lineno, walk.filename)}."
    walk.add(node, denial("language", action, target, node.lineno, message, "Do without it."), PolicyError)
