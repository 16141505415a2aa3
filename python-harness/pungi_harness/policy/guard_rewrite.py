"""Sends every call that user code writes through the guard, without a name that code could bind.

`f(x)` becomes `guard(f)(x)`: what is called is asked about before its arguments are evaluated, and is called by the
user's own frame, so that `super()`, `locals()` and tracebacks stay what they are. The guard is a constant of the
bytecode: the tree holds a text in its place, which the compiled code exchanges, since a tree takes plain constants.
"""
from __future__ import annotations

import _ast
import posix
import sys

_Code = type(sys._getframe().f_code)
# Drawn anew for each process, so that no source can hold it.
_TOKEN = "pungi guard " + posix.urandom(16).hex()


def rewrite(tree: _ast.AST) -> None:
    """In place. What is indirect, `map(f, xs)` and the methods behind operators and `with`, is not seen."""
    texts_only = _has_text_annotations(tree)
    pending: list = [tree]
    calls = []
    decorated = []
    while pending:
        node = pending.pop()
        if type(node) is _ast.Call:
            calls.append(node)
        elif getattr(node, "decorator_list", None):
            decorated.append(node)
        for field in node._fields:
            # `from __future__ import annotations` makes texts of them, which are to be the user's own.
            if texts_only and field in ("annotation", "returns"):
                continue
            value = getattr(node, field, None)
            if type(value) is list:
                pending.extend(part for part in value if isinstance(part, _ast.AST))
            elif isinstance(value, _ast.AST):
                pending.append(value)
    for call in calls:
        if type(call.func) is not _ast.Constant:
            _start_at_attribute(call)
            call.func = _guarded(call.func)
    for node in decorated:
        node.decorator_list = [_guarded(decorator) for decorator in node.decorator_list]


def _has_text_annotations(tree: _ast.AST) -> bool:
    return any(
        isinstance(node, _ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in getattr(tree, "body", ())
    )


def _guarded(function: _ast.expr) -> _ast.expr:
    place = {
        "lineno": function.lineno,
        "col_offset": function.col_offset,
        "end_lineno": function.end_lineno,
        "end_col_offset": function.end_col_offset,
    }
    # The compiler warns of a call of a constant, but drops a choice that is none.
    guard = _ast.IfExp(
        test=_ast.Constant(value=True, kind=None, **place),
        body=_ast.Constant(value=_TOKEN, kind=None, **place),
        orelse=_ast.Constant(value=None, kind=None, **place),
        **place,
    )
    return _ast.Call(func=guard, args=[function], keywords=[], **place)


def _start_at_attribute(call: _ast.Call) -> None:
    """From CPython 3.10 on a method call over many lines happens on the line of the method's name."""
    function = call.func
    if sys.version_info >= (3, 10) and isinstance(function, _ast.Attribute) and function.lineno != function.end_lineno:
        call.lineno = function.end_lineno or call.lineno
        call.col_offset = max(0, (function.end_col_offset or 0) - len(function.attr.encode()))


def place_guard(code, guard):  # type: ignore[no-untyped-def]
    """The code with the guard where the tree had its text, in all functions and classes within."""
    constants = tuple(
        guard if type(constant) is str and constant == _TOKEN
        else place_guard(constant, guard) if type(constant) is _Code
        else constant
        for constant in code.co_consts
    )
    return code.replace(co_consts=constants)
