"""Which modules user code may import, before it runs and while it runs.

The rules act on what user code asks for, by root and dotted prefix; a library may import what it needs,
because its frames have the real builtins. `sys.modules['os']`, `pathlib.os` and the like are the kernel's matter.
"""
from __future__ import annotations

import posix
import sys

from .denials import Denials, ImportBlockedError, at_line, denial, sentence, user_line

_PROCESSES = "Programs cannot be started here: do the work in Python"
_NATIVE = "Use a package that wraps the native code"

# What to use instead; anything else gets the plain hint.
ALTERNATIVES = {
    "os": "Use pathlib for paths",
    "posix": "Use pathlib for paths",
    "posixpath": "Use pathlib for paths",
    "shutil": "Use pathlib to move, copy and remove files",
    "glob": "Use pathlib.Path.glob",
    "subprocess": _PROCESSES,
    "_posixsubprocess": _PROCESSES,
    "pty": _PROCESSES,
    "multiprocessing": "Use concurrent.futures.ThreadPoolExecutor or plain loops",
    "_multiprocessing": "Use concurrent.futures.ThreadPoolExecutor or plain loops",
    "socket": "Pass the data in through input_data or files",
    "_socket": "Pass the data in through input_data or files",
    "requests": "Pass the data in through input_data or files",
    "urllib": "Pass the data in through input_data or files",
    "http": "Pass the data in through input_data or files",
    "ctypes": _NATIVE,
    "_ctypes": _NATIVE,
    "cffi": _NATIVE,
    "importlib": "Write a plain import statement",
    "imp": "Write a plain import statement",
    "runpy": "Import the module and call its function",
    "signal": "Rely on timeoutSeconds for time limits",
    "resource": "Rely on the limits of the policy",
    "pickle": "Use json",
    "marshal": "Use json",
}


class ImportRules:
    """The policy's two lists, made ready for asking."""

    __slots__ = ("blocked", "allowed", "_parents", "active")

    def __init__(self, blocked: list[str], allowed: list[str] | None) -> None:
        self.blocked = frozenset(blocked)
        self.allowed = None if allowed is None else frozenset(allowed) | {"__future__", "__main__", "pungi"}
        self._parents = frozenset(parent for name in allowed or () for parent in _prefixes(name)[:-1])
        self.active = bool(blocked) or allowed is not None

    def refusal(self, name: str, line: int | None, filename: str | None = None) -> dict | None:
        """The denial of importing the dotted `name`, or None when it may be imported."""
        prefixes = _prefixes(name)
        for prefix in prefixes:
            if prefix in self.blocked:
                message = f"Import '{name}' is blocked by policy{at_line(line, filename)}."
                return denial("language", "import", name, line, message, _blocked_hint(prefix))
        if self.allowed is None or name in self._parents or not self.allowed.isdisjoint(prefixes):
            return None
        if is_own_file(prefixes[0]):
            return None
        message = f"Import '{name}' is not allowed by policy{at_line(line, filename)}."
        return denial("language", "import", name, line, message, f"Add '{name}' to allowedImports.")

    def from_refusal(self, name: str, members: list[str], line: int | None, filename: str | None = None) -> dict | None:
        """The denial of `from name import members`, where a member may be a submodule with a rule of its own."""
        found = self.refusal(name, line, filename)
        if found is not None or (self._only_whole(name) and not is_own_file(name.partition(".")[0])):
            return found
        for member in members:
            if member != "*":
                found = self.refusal(f"{name}.{member}", line, filename)
                if found is not None:
                    return found
        return None

    def may_load(self, name: str) -> bool:
        """Whether a library may import it in the name of user code: nothing new of what is blocked."""
        return name in sys.modules or self.blocked.isdisjoint(_prefixes(name))

    def _only_whole(self, name: str) -> bool:
        """Whether nothing beneath `name` can have a rule: the common case, answered without a loop over members."""
        return name not in self._parents and not any("." in rule for rule in self.blocked)


def _prefixes(name: str) -> list[str]:
    """`a.b.c` gives `a`, `a.b`, `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[: index + 1]) for index in range(len(parts))]


def _blocked_hint(rule: str) -> str:
    instead = ALTERNATIVES.get(rule) or ALTERNATIVES.get(rule.partition(".")[0])
    if instead is None:
        return f"Remove '{rule}' from blockedImports to allow it."
    return f"{instead}, or remove '{rule}' from blockedImports."


def is_own_file(root: str) -> bool:
    """Whether the caller handed in a module of that name: an allow list speaks of other people's modules."""
    for name in (root + ".py", root):
        try:
            posix.stat(name)
            return True
        except (OSError, ValueError):
            continue
    return False


def make_import(rules: ImportRules, denials: Denials, builtins: dict, after_import) -> object:
    """The `__import__` of user code. `builtins` is the dict that it goes into, by which user frames are known."""
    real_import = builtins["__import__"]
    if not rules.active:

        def __import__(name, globals=None, locals=None, fromlist=(), level=0) -> object:
            module = real_import(name, globals, locals, fromlist, level)
            after_import()
            return module

        return __import__

    def __import__(name, globals=None, locals=None, fromlist=(), level=0) -> object:  # noqa: F811
        if isinstance(name, str):
            # A subclass of str could show one name here and another to the import system.
            name = str.__getitem__(name, slice(None))
            absolute = name if level == 0 else _absolute(name, globals, level)
            members = [str.__getitem__(item, slice(None)) for item in fromlist or () if isinstance(item, str)]
            refused = rules.from_refusal(absolute, members, None) if absolute else None
            if refused is not None and _is_of_c(globals, locals, fromlist, level) and rules.may_load(name):
                real_import(name, globals, locals, fromlist, level)
                return None
            if refused is not None:
                line = user_line(builtins)
                refused = rules.from_refusal(absolute, members, line) or refused
                denials.add(refused)
                raise ImportBlockedError(sentence(refused), name=refused["target"])
            if fromlist:
                fromlist = members
        module = real_import(name, globals, locals, fromlist, level)
        after_import()
        return module

    return __import__


def _is_of_c(namespace: object, variables: object, members: object, level: int) -> bool:
    """Whether C code imports: PyImport_Import asks in the name of whoever called the function, and drops the answer.

    So `datetime.strptime` gets its `_strptime` and `ndarray.tofile` its `os`; code that asks in this way gets nothing.
    """
    return type(members) is list and not members and namespace is variables and level == 0


def _absolute(name: str, namespace: object, level: int) -> str:
    package = namespace.get("__package__") if isinstance(namespace, dict) else None
    if not isinstance(package, str):
        return ""
    base = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*base, name] if name else base)


