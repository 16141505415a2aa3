"""Guarded mode: which callables user code may call, by what they are and not by what they are called.

A guide rail against accidents and a help for models; the kernel is the boundary. Entries of `policy.allow` become
the objects that they name as soon as their module is loaded, before user code can bind anything else in its place.
What the code defines itself is free: functions whose globals are the code's own, classes that it built.
"""
from __future__ import annotations

import builtins
import sys

from .denials import CallBlockedError, at_line, denial, user_line
from .guard_names import (
    DESCRIPTORS,
    Builtin,
    Function,
    Method,
    Module,
    Wrapper,
    call_method,
    classes_of,
    entry_for,
    find,
    is_class,
    key_of,
    members_of,
    public_names,
)
from .guard_rewrite import place_guard, rewrite
from .guard_rules import checked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The address, as `id` gives it; but `id` raises an audit event, which costs more than all the rest of a check.
_identity = object.__hash__
_Partial = type(__import__("_functools").partial(len))


def _nameless() -> list[type]:
    """Types of values that everyday code has in hand and that no module names; their methods are free."""
    import _io

    def generate():  # type: ignore[no-untyped-def]
        yield

    async def wait() -> None:
        return

    async def stream():  # type: ignore[no-untyped-def]
        yield

    waiting = wait()
    values = [generate(), waiting, stream(), {}.keys(), {}.values(), {}.items(), None, ..., NotImplemented, property()]
    values += [iter(kind()) for kind in (list, tuple, dict, set, str, bytes, bytearray)]
    values += [iter({}.values()), iter({}.items()), iter(range(1)), iter(range(1 << 80)), reversed([])]
    found = [type(value) for value in values]
    waiting.close()
    files = [_io.TextIOWrapper, _io.BufferedReader, _io.BufferedWriter, _io.BufferedRandom, _io.FileIO]
    return [*found, Function, Method, Builtin, *files]


def _innermost(function):  # type: ignore[no-untyped-def]
    """What a partial or a `__call__` comes down to."""
    while True:
        if type(function) is _Partial:
            function = function.func
        elif type(function) is Wrapper and function.__name__ == "__call__":
            function = function.__self__
        else:
            return function


def _home(cls: type) -> str:
    home = getattr(cls, "__module__", None)
    return home if type(home) is str else ""


class Guard:
    """The list of one policy, and the check that code compiled by it calls."""

    def __init__(self, orders: dict, gate) -> None:  # type: ignore[no-untyped-def]
        self._everything = orders["everything"]
        self._gate = gate
        self._pending = list(orders["entries"])
        self._modules_seen = 0
        # By identity, with the objects themselves, so that no address is used again.
        self._allowed: dict[int, object] = {}
        self._rules: dict[int, tuple[object, dict, bool]] = {}
        self._free_types: dict[int, object] = {_identity(kind): kind for kind in _nameless()}
        self._free_globals: dict[int, object] = {}
        # Those of which one function has a rule, so that all of them are looked at.
        self._watched_globals: dict[int, object] = {}
        self._free_modules: set[str] = set()
        self._own_modules = {"__main__"}
        self._run = None
        for value in vars(builtins).values():
            if is_class(value) and issubclass(value, BaseException):
                self._take_class(value)
        self.learn()
        self.check = self._make_check()

    def begin(self, run) -> None:  # type: ignore[no-untyped-def]
        """Of one run: its namespace, its builtins, the classes that it builds."""
        self._run = run
        self.add_namespace(run.namespace)
        real_build = run.builtins["__build_class__"]

        def __build_class__(function, name, /, *bases, **named):  # type: ignore[no-untyped-def]
            cls = real_build(function, name, *bases, **named)
            self._allowed[_identity(cls)] = cls
            return cls

        real_import = run.builtins["__import__"]

        def __import__(name, globals=None, locals=None, fromlist=(), level=0):  # type: ignore[no-untyped-def]
            module = real_import(name, globals, locals, fromlist, level)
            self.learn()
            return module

        run.builtins["__build_class__"] = __build_class__
        run.builtins["__import__"] = __import__
        # What refuses by itself has better words.
        for name in [*run.language.rules.builtins.refused, "display", "exit", "quit"]:
            if name in run.builtins:
                self._allowed[_identity(run.builtins[name])] = run.builtins[name]

    def add_namespace(self, namespace: dict) -> None:
        self._free_globals[_identity(namespace)] = namespace
        name = namespace.get("__name__")
        if type(name) is str:
            self._own_modules.add(name)

    def compile(self, tree, compile_tree):  # type: ignore[no-untyped-def]
        """Code of the tree whose calls are guarded; `compile_tree` makes it of the tree."""
        rewrite(tree)
        return place_guard(compile_tree(tree), self.check)

    def learn(self) -> None:
        """After every import of user code: take what the entries name in modules that are new."""
        if len(sys.modules) == self._modules_seen:
            return
        self._modules_seen = len(sys.modules)
        self._pending = [entry for entry in self._pending if not self._take(entry)]

    def _take(self, entry: dict) -> bool:
        found = find(entry["name"])
        if found is None:
            return False
        if isinstance(found, Module):
            if entry["members"] == "all":
                self._take_module(found)
                # Submodules may come later.
                return False
        elif entry["members"] == "all" and is_class(found):
            self._take_class(found)
        else:
            self._allow(found)
        if entry["members"] != "all":
            for member in entry["members"]:
                self._take_member(found, member)
        return True

    def _take_member(self, owner: object, member: dict) -> None:
        found = getattr(owner, member["name"], None)
        if found is None:
            return
        if member["rule"] is None:
            self._allow(found)
            return
        key = key_of(found)
        self._rules[_identity(key)] = (key, member["rule"], is_class(owner))
        self._allowed.pop(_identity(key), None)
        space = getattr(key, "__globals__", None)
        if space is not None and self._free_globals.pop(_identity(space), None) is not None:
            self._watched_globals[_identity(space)] = space
        if is_class(owner):
            self._free_types.pop(_identity(owner), None)

    def _take_module(self, module) -> None:  # type: ignore[no-untyped-def]
        """All of a module and of what lies beneath it."""
        root = module.__name__
        for name, loaded in list(sys.modules.items()):
            if (name == root or name.startswith(root + ".")) and isinstance(loaded, Module) and name not in self._free_modules:
                # `csv` is Python around `_csv`.
                self._free_modules.update((name, f"_{name}"))
                space = vars(loaded)
                if _identity(space) not in self._watched_globals:
                    self._free_globals[_identity(space)] = space
                for public in public_names(loaded):
                    value = space.get(public)
                    if is_class(value):
                        self._take_class(value)
                    elif value is not None and callable(value):
                        self._allow(value)

    def _take_class(self, cls) -> None:  # type: ignore[no-untyped-def]
        self._allow(cls)
        self._free_types[_identity(cls)] = cls
        for function in members_of(cls):
            self._allow(function)

    def _allow(self, function: object) -> None:
        key = key_of(function)
        if _identity(key) not in self._rules:
            self._allowed[_identity(key)] = key
            if key is not function and type(function) is not Method:
                self._allowed[_identity(function)] = function

    def _make_check(self):  # type: ignore[no-untyped-def]
        allowed, types, spaces, decide, identity = self._allowed, self._free_types, self._free_globals, self._decide, _identity

        def guard(function):  # type: ignore[no-untyped-def]
            kind = type(function)
            if kind is Function:
                if identity(function.__globals__) in spaces:
                    return function
            elif kind is Method:
                inner = function.__func__
                if type(inner) is Function and identity(inner.__globals__) in spaces:
                    return function
            elif kind is Builtin and identity(type(function.__self__)) in types:
                return function
            if identity(function) in allowed:
                return function
            return decide(function)

        return guard

    def _decide(self, function: object) -> object:
        found = self._rules.get(_identity(key_of(function)))
        if found is not None:
            _, rule, is_member = found
            return checked(function, rule, is_member, self._gate.check_write, self._refuse)
        if not callable(function) or self._everything or self._permits(function):
            return function
        function = _innermost(function)
        entry = entry_for(function)
        self._refuse(entry, f"Call of '{entry}' is not allowed by policy", f"Add '{entry}' to allow.")
        return None

    def _permits(self, function) -> bool:  # type: ignore[no-untyped-def]
        if type(function) is Wrapper and function.__name__ == "__call__":
            # `f.__call__(x)` is `f(x)`.
            return self._permits(function.__self__)
        key: Any = key_of(function)
        if _identity(key) in self._allowed:
            return True
        kind = type(key)
        if kind is Function:
            return _identity(key.__globals__) in self._free_globals or _identity(key.__globals__) in self._watched_globals
        if kind is _Partial:
            return self._permits(key.func)
        if is_class(key):
            return self._permits_class(key)
        if kind in DESCRIPTORS:
            return key.__name__ != "__call__" and self._is_free_type(key.__objclass__)
        origin = getattr(key, "__origin__", None)
        if is_class(origin):
            return self._permits(origin)
        method = call_method(kind)
        if type(method) is Function:
            return self._permits(method)
        return kind is not Builtin and kind is not Wrapper and (_identity(kind) in self._allowed or self._is_free_type(kind))

    def _is_free_type(self, cls: type) -> bool:
        """Whether the methods of a class of C are free: classes of a free module need no name in it."""
        if _identity(cls) not in self._free_types and _home(cls) in self._free_modules:
            self._free_types[_identity(cls)] = cls
        return _identity(cls) in self._free_types

    def _permits_class(self, cls) -> bool:  # type: ignore[no-untyped-def]
        if BaseException in classes_of(cls):
            return True
        home = _home(cls)
        return home in self._own_modules or home in self._free_modules

    def _refuse(self, target: str, message: str, hint: str) -> None:
        run = self._run
        line = user_line(run.builtins)  # type: ignore[union-attr]
        refused = denial("language", "call", target, line, f"{message}{at_line(line)}.", hint)
        run.denials.add(refused)  # type: ignore[union-attr]
        raise CallBlockedError(refused)
