"""What the policy refuses in a syntax tree, all in one walk and before anything runs.

Works on the nodes of the C module `_ast`; the `ast` module costs 7 ms to import. Names that Unicode
normalisation or `getattr` bring in are met at run time by the guarded builtins instead.
"""
from __future__ import annotations

import _ast

from . import dunders
from .builtins_guard import BuiltinRules
from .denials import MAX_DENIALS, BuiltinBlockedError, ImportBlockedError, PolicyError, at_line, denial, sentence
from .imports import ImportRules

# Every node takes a quarter of a character or more, so that short code is never counted.
_MAX_NODES_PER_CHARACTER = 4
# They take the name of an attribute as a text.
_ATTRIBUTE_CALLS = frozenset(["getattr", "setattr", "hasattr", "delattr"])
# Fields that never hold nodes, or only such as say how a name is meant.
_LEAVES = frozenset("ctx id attr arg asname module level type_comment kind conversion simple is_async kwd_attrs".split())
_UNSEEN = ("",)
_DEFINITIONS = {
    _ast.FunctionDef: "def",
    _ast.AsyncFunctionDef: "async def",
    _ast.ClassDef: "class",
    _ast.Lambda: "lambda",
}


class Violation:
    """One refusal in the source; `column` counts bytes from 1, as the compiler does."""

    __slots__ = ("line", "column", "_end", "refused", "error_class")

    def __init__(self, node: object, refused: dict, error_class: type) -> None:
        self.line = getattr(node, "lineno", None)
        column = getattr(node, "col_offset", None)
        self.column = None if column is None else column + 1
        self._end = getattr(node, "end_col_offset", 0) if getattr(node, "end_lineno", None) == self.line else None
        self.refused = refused
        self.error_class = error_class

    def columns(self, line: str) -> tuple[int | None, int | None]:
        """First and after the last character, counted from 1. `line` is the source."""
        if self.column is None:
            return None, None
        data = line.encode("utf-8", "surrogatepass")
        first, end = (
            None if byte is None else len(data[:byte].decode("utf-8", "replace")) + 1
            for byte in (self.column - 1, self._end)
        )
        return first, end

    def error(self) -> Exception:
        return self.error_class(sentence(self.refused))


class Validator:
    """The checks that a policy asks for."""

    __slots__ = (
        "imports", "builtins", "ban_definitions", "ban_dunders", "banned", "guarded", "max_nodes", "visits", "followed"
    )

    def __init__(self, orders: dict, imports: ImportRules, builtins: BuiltinRules) -> None:
        self.imports = imports
        self.builtins = builtins
        self.ban_definitions = orders["banDefinitions"]
        self.ban_dunders = orders["banDunders"]
        self.banned = bool(orders["bannedSyntax"])
        self.max_nodes = orders["maxAstNodes"]
        self.visits = _VISITS
        # By kind of node what a walk follows; filled by walks.
        self.followed: dict[type, tuple[str, ...] | None] = {}
        if self.banned:
            from .syntax_bans import with_bans

            self.visits = with_bans(_VISITS, orders["bannedSyntax"])
        self.guarded = orders["guard"] is not None
        if self.guarded:
            from .guard_syntax import with_guard

            self.visits = with_guard(self.visits)

    def concerns(self, text: str) -> bool:
        """Whether this source can hold anything that is refused; keywords are always spelled in ASCII."""
        return (
            (self.imports.active and "import" in text)
            or self.ban_definitions
            or self.banned
            or self.guarded
            or (self.ban_dunders and "__" in text)
            or self.counts(text)
            or any(name in text for name in self.builtins.refused)
        )

    def counts(self, text: str) -> bool:
        """Whether this source is long enough to have more nodes than are allowed."""
        return self.max_nodes < _MAX_NODES_PER_CHARACTER * len(text) + 16

    def violations(self, tree: _ast.AST, filename: str | None) -> list[Violation]:
        """All refusals in the order of the source, at most MAX_DENIALS. `filename` is None for the main program."""
        return _Walk(self, filename).run(tree)


class _Walk:
    __slots__ = ("rules", "filename", "found", "bound", "named")

    def __init__(self, rules: Validator, filename: str | None) -> None:
        self.rules = rules
        self.filename = filename
        self.found: list[Violation] = []
        self.bound: set[str] = set()
        self.named: list[_ast.Name] = []

    def run(self, tree: _ast.AST) -> list[Violation]:
        count = 0
        pending: list = [tree]
        visits, followed = self.rules.visits, self.rules.followed
        while pending:
            node = pending.pop()
            kind = type(node)
            fields = followed.get(kind, _UNSEEN)
            if fields is _UNSEEN:
                fields = followed[kind] = _followed(kind)
            if fields is None:
                continue
            count += 1
            visit = visits.get(kind)
            if visit is not None:
                visit(self, node)
            for field in fields:
                value = getattr(node, field, None)
                if type(value) is list:
                    pending.extend(value)
                elif value is not None:
                    pending.append(value)
        if count > self.rules.max_nodes:
            return [self._too_large(tree, count)]
        for name in self.named:
            # A name that the program binds itself is not the builtin.
            if name.id not in self.bound:
                refused = self.rules.builtins.refusal(name.id, name.lineno, self.filename)
                if refused is not None:
                    self.add(name, refused, BuiltinBlockedError)
        self.found.sort(key=lambda violation: (violation.line or 0, violation.column or 0))
        return self.found[:MAX_DENIALS]

    def add(self, node: object, refused: dict, error_class: type) -> None:
        self.found.append(Violation(node, refused, error_class))

    def _too_large(self, tree: _ast.AST, count: int) -> Violation:
        limit = self.rules.max_nodes
        node = _node_at(tree, limit)
        line = getattr(node, "lineno", None)
        message = f"The code has {count} syntax nodes; the policy allows {limit}."
        refused = denial("language", "size", str(count), line, message, "Shorten the code, or raise maxAstNodes.")
        return Violation(node, refused, PolicyError)

    def dunder(self, node: object, name: str) -> None:
        if self.rules.ban_dunders and dunders.is_refused(name):
            line = getattr(node, "lineno", None)
            message = f"Dunder name '{name}' is not allowed by policy{at_line(line, self.filename)}."
            refused = denial("language", "dunder", name, line, message, dunders.hint(name))
            self.add(node, refused, PolicyError)

    def visit_import(self, node: _ast.Import) -> None:
        for alias in node.names:
            self.bound.add(alias.asname or alias.name.partition(".")[0])
            self.dunder(node, alias.asname or "")
            refused = self.rules.imports.refusal(alias.name, node.lineno, self.filename)
            if refused is not None:
                self.add(node, refused, ImportBlockedError)

    def visit_import_from(self, node: _ast.ImportFrom) -> None:
        members = [alias.name for alias in node.names]
        self.bound.update(alias.asname or alias.name for alias in node.names)
        for alias in node.names:
            self.dunder(node, alias.name)
            self.dunder(node, alias.asname or "")
        if node.level or not node.module:
            return
        refused = self.rules.imports.from_refusal(node.module, members, node.lineno, self.filename)
        if refused is not None:
            self.add(node, refused, ImportBlockedError)

    def visit_name(self, node: _ast.Name) -> None:
        if type(node.ctx) is not _ast.Load:
            self.bound.add(node.id)
        elif node.id in self.rules.builtins.refused:
            self.named.append(node)
        self.dunder(node, node.id)

    def visit_attribute(self, node: _ast.Attribute) -> None:
        if not (node.attr in dunders.METHODS and _is_super(node.value)):
            self.dunder(node, node.attr)

    def visit_argument(self, node: _ast.arg) -> None:
        self.bound.add(node.arg)
        self.dunder(node, node.arg)

    def visit_names(self, node: _ast.AST) -> None:
        """`global` and `nonlocal`; `case Point(x=0)`."""
        for name in getattr(node, "names", None) or getattr(node, "kwd_attrs", ()):
            self.dunder(node, name)

    def visit_call(self, node: _ast.Call) -> None:
        """Names of attributes in texts: `getattr(x, '__class__')` and `'{0.__class__}'.format(x)`."""
        if not self.rules.ban_dunders:
            return
        function = node.func
        if isinstance(function, _ast.Name) and function.id in _ATTRIBUTE_CALLS and len(node.args) > 1:
            name = getattr(node.args[1], "value", None)
            if isinstance(name, str):
                self.dunder(node.args[1], name)
        elif isinstance(function, _ast.Attribute) and function.attr in ("format", "format_map"):
            text = getattr(function.value, "value", None)
            name = dunders.in_format(text) if isinstance(text, str) else None
            if name is not None:
                self.dunder(function.value, name)

    def visit_capture(self, node: _ast.AST) -> None:
        """`except E as name`, and `case name` where the interpreter knows it."""
        name = getattr(node, "name", None)
        if name:
            self.bound.add(name)
            self.dunder(node, name)

    def visit_definition(self, node: _ast.AST) -> None:
        name = getattr(node, "name", "lambda")
        line = getattr(node, "lineno", None)
        self.bound.add(name)
        if self.rules.ban_definitions:
            word = _DEFINITIONS[type(node)]
            what = "lambda" if word == "lambda" else f"{word} {name}"
            message = f"Definition '{what}' is not allowed by policy{at_line(line, self.filename)}."
            refused = denial("language", "definition", what, line, message, "Set banDefinitions: false to allow it.")
            self.add(node, refused, PolicyError)
        if name not in dunders.METHODS:
            self.dunder(node, name)


def _followed(kind: type) -> tuple[str, ...] | None:
    """Fields that may hold nodes; None for what is no node, or none that counts."""
    if not issubclass(kind, _ast.AST) or issubclass(kind, _ast.expr_context):
        return None
    return () if kind is _ast.Constant else tuple(field for field in kind._fields if field not in _LEAVES)


def _is_super(node: object) -> bool:
    function = getattr(node, "func", None)
    return isinstance(function, _ast.Name) and function.id == "super"


def _node_at(tree: _ast.AST, number: int) -> object:
    """The node with which the source passes `number` nodes, as near as places can tell."""
    placed = []
    pending: list = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, _ast.AST):
            if getattr(node, "lineno", None) is not None:
                placed.append((node.lineno, node.col_offset, len(placed), node))  # type: ignore[attr-defined]
            pending.extend(getattr(node, field, None) for field in node._fields)
    placed.sort()
    return placed[min(number, len(placed) - 1)][3] if placed else tree


_VISITS = {
    _ast.Import: _Walk.visit_import,
    _ast.ImportFrom: _Walk.visit_import_from,
    _ast.Name: _Walk.visit_name,
    _ast.Attribute: _Walk.visit_attribute,
    _ast.arg: _Walk.visit_argument,
    _ast.Call: _Walk.visit_call,
    **{
        getattr(_ast, name): _Walk.visit_capture
        for name in ("ExceptHandler", "MatchAs", "MatchStar")
        if hasattr(_ast, name)
    },
    **{getattr(_ast, name): _Walk.visit_names for name in ("Global", "Nonlocal", "MatchClass") if hasattr(_ast, name)},
    **{kind: _Walk.visit_definition for kind in _DEFINITIONS},
}
