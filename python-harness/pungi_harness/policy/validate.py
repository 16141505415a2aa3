"""What the policy refuses in a syntax tree, all in one walk and before anything runs.

Works on the nodes of the C module `_ast`; the `ast` module costs 7 ms to import. Names that Unicode
normalisation or `getattr` bring in are met at run time by the guarded builtins instead.
"""
from __future__ import annotations

import _ast

from .builtins_guard import BuiltinRules
from .denials import MAX_DENIALS, BuiltinBlockedError, ImportBlockedError, PolicyError, at_line, denial, sentence
from .imports import ImportRules

# Every node takes a quarter of a character or more, so that short code is never counted.
_MAX_NODES_PER_CHARACTER = 4
_PLAIN_DUNDERS = frozenset(["__name__", "__doc__", "__file__"])
_DEFINITIONS = {
    _ast.FunctionDef: "def",
    _ast.AsyncFunctionDef: "async def",
    _ast.ClassDef: "class",
    _ast.Lambda: "lambda",
}


class Violation:
    """One refusal in the source; `column` counts from 1."""

    __slots__ = ("line", "column", "refused", "error_class")

    def __init__(self, node: object, refused: dict, error_class: type) -> None:
        self.line = getattr(node, "lineno", None)
        column = getattr(node, "col_offset", None)
        self.column = None if column is None else column + 1
        self.refused = refused
        self.error_class = error_class

    def error(self) -> Exception:
        return self.error_class(sentence(self.refused))


class Validator:
    """The checks that a policy asks for."""

    __slots__ = ("imports", "builtins", "ban_definitions", "ban_dunders", "max_nodes")

    def __init__(self, orders: dict, imports: ImportRules, builtins: BuiltinRules) -> None:
        self.imports = imports
        self.builtins = builtins
        self.ban_definitions = orders["banDefinitions"]
        self.ban_dunders = orders["banDunders"]
        self.max_nodes = orders["maxAstNodes"]

    def concerns(self, text: str) -> bool:
        """Whether this source can hold anything that is refused; keywords are always spelled in ASCII."""
        return (
            (self.imports.active and "import" in text)
            or self.ban_definitions
            or (self.ban_dunders and "__" in text)
            or self.max_nodes < _MAX_NODES_PER_CHARACTER * len(text) + 16
            or any(name in text for name in self.builtins.refused)
        )

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
        ignored = _ast.expr_context
        constant = _ast.Constant
        while pending:
            node = pending.pop()
            if not isinstance(node, _ast.AST) or isinstance(node, ignored):
                continue
            count += 1
            kind = type(node)
            if kind is constant:
                continue
            visit = _VISITS.get(kind)
            if visit is not None:
                visit(self, node)
            for field in node._fields:
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
                self.add(name, self.rules.builtins.refusal(name.id, name.lineno, self.filename), BuiltinBlockedError)
        self.found.sort(key=lambda violation: (violation.line or 0, violation.column or 0))
        return self.found[:MAX_DENIALS]

    def add(self, node: object, refused: dict, error_class: type) -> None:
        self.found.append(Violation(node, refused, error_class))

    def _too_large(self, tree: _ast.AST, count: int) -> Violation:
        limit = self.rules.max_nodes
        message = f"The code has {count} syntax nodes; the policy allows {limit}."
        refused = denial("language", "size", str(count), None, message, "Shorten the code, or raise maxAstNodes.")
        return Violation(tree, refused, PolicyError)

    def dunder(self, node: object, name: str) -> None:
        if not self.rules.ban_dunders or name in _PLAIN_DUNDERS or len(name) < 5:
            return
        if name.startswith("__") and name.endswith("__"):
            line = getattr(node, "lineno", None)
            message = f"Dunder name '{name}' is not allowed by policy{at_line(line, self.filename)}."
            refused = denial("language", "dunder", name, line, message, "Set banDunders: false to allow it.")
            self.add(node, refused, PolicyError)

    def visit_import(self, node: _ast.Import) -> None:
        for alias in node.names:
            self.bound.add(alias.asname or alias.name.partition(".")[0])
            refused = self.rules.imports.refusal(alias.name, node.lineno, self.filename)
            if refused is not None:
                self.add(node, refused, ImportBlockedError)

    def visit_import_from(self, node: _ast.ImportFrom) -> None:
        members = [alias.name for alias in node.names]
        self.bound.update(alias.asname or alias.name for alias in node.names)
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
        self.dunder(node, node.attr)

    def visit_argument(self, node: _ast.arg) -> None:
        self.bound.add(node.arg)

    def visit_capture(self, node: _ast.AST) -> None:
        """`except E as name`, and `case name` where the interpreter knows it."""
        if getattr(node, "name", None):
            self.bound.add(getattr(node, "name"))

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
        if name not in ("__init__", "lambda"):
            self.dunder(node, name)


_VISITS = {
    _ast.Import: _Walk.visit_import,
    _ast.ImportFrom: _Walk.visit_import_from,
    _ast.Name: _Walk.visit_name,
    _ast.Attribute: _Walk.visit_attribute,
    _ast.arg: _Walk.visit_argument,
    **{
        getattr(_ast, name): _Walk.visit_capture
        for name in ("ExceptHandler", "MatchAs", "MatchStar")
        if hasattr(_ast, name)
    },
    **{kind: _Walk.visit_definition for kind in _DEFINITIONS},
}
