"""From entries of `policy.allow` to the callables that they name, and from a callable to the entry to add."""
from __future__ import annotations

import sys

Function = type(lambda: None)
Module = type(sys)
Builtin = type(len)
Method = type((lambda self: None).__get__(1))
Wrapper = type((1).__str__)
DESCRIPTORS = (type(str.upper), type(str.__len__), type(vars(dict)["fromkeys"]))
_MISSING = object()
_mro = type.__dict__["__mro__"].__get__
_class_dict = type.__dict__["__dict__"].__get__


def is_class(value: object) -> bool:
    """By its type: a generic alias of CPython 3.9 claims to be the class that it speaks of."""
    return issubclass(type(value), type)


def key_of(function):  # type: ignore[no-untyped-def]
    """What stays the same however a callable is reached: the function of a method, the descriptor of a C method."""
    kind = type(function)
    if kind is Method:
        return key_of(function.__func__)  # type: ignore[attr-defined]
    if kind is Builtin or kind is Wrapper:
        receiver = function.__self__  # type: ignore[attr-defined]
        if receiver is not None and type(receiver) is not Module:
            return _descriptor(receiver, function.__name__) or function  # type: ignore[attr-defined]
    return function


def _descriptor(receiver: object, name: str) -> object:
    """The method of C that a bound one was made of. `__self__` and `__name__` of these cannot be changed."""
    classes = [*_mro(type(receiver))]
    if is_class(receiver):
        classes = [*_mro(receiver), *classes]
    for owner in classes:
        found = _class_dict(owner).get(name)
        if type(found) in DESCRIPTORS:
            return found
        if type(found) is staticmethod:
            return found.__func__
    return None


def call_method(cls: type) -> object:
    """What runs when an instance is called."""
    for owner in _mro(cls):
        found = _class_dict(owner).get("__call__")
        if found is not None:
            return found
    return None


def classes_of(cls: type) -> tuple:
    return _mro(cls)


def members_of(cls: type) -> list:
    """Every function and C method of a class and its bases."""
    found = []
    for owner in _mro(cls):
        # A metaclass brings its own methods, not those of all classes.
        for value in () if owner is type else _class_dict(owner).values():
            value = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
            # `__call__` stands for whatever it is bound to.
            if type(value) in (Function, Builtin, *DESCRIPTORS) and getattr(value, "__name__", "") != "__call__":
                found.append(value)
    return found


def find(name: str):  # type: ignore[no-untyped-def]
    """The object of a dotted name whose module is loaded, or of a builtin; else None. Nothing is imported."""
    parts = name.split(".")
    if parts[0] not in sys.modules and hasattr(sys.modules["builtins"], parts[0]):
        parts.insert(0, "builtins")
    for count in range(len(parts), 0, -1):
        found = sys.modules.get(".".join(parts[:count]), _MISSING)
        if found is not _MISSING:
            for part in parts[count:]:
                found = getattr(found, part, _MISSING)
            return None if found is _MISSING else found
    return None


def public_names(module: object) -> list[str]:
    """What a module offers, other people's modules and private names left out."""
    names = vars(module)
    listed = names.get("__all__")
    if isinstance(listed, (list, tuple)):
        return [name for name in listed if type(name) is str]
    own = names.get("__name__", "")
    found = []
    for name, value in names.items():
        home = getattr(value, "__module__", None)
        foreign = isinstance(home, str) and home.lstrip("_").partition(".")[0] != own.lstrip("_").partition(".")[0]
        if not name.startswith("_") and callable(value) and not foreign:
            found.append(name)
    return found


def entry_for(function: object) -> str:
    """The shortest dotted name by which the callable is found; `module.*` for what has no name of its own."""
    kind = type(function)
    if kind is Method or kind is Builtin or kind is Wrapper:
        receiver = function.__self__  # type: ignore[attr-defined]
        if receiver is not None and type(receiver) is not Module:
            found = _method_entry(function, receiver)
            if found is not None:
                return found
    function = key_of(function)
    if type(function) in DESCRIPTORS:
        return f"{_class_entry(function.__objclass__)}.{_name_of(function)}"  # type: ignore[attr-defined]
    named = is_class(function) or isinstance(_name_of(function), str)
    target = function if named else type(function)
    return _shortest(_text(target, "__module__"), _text(target, "__qualname__") or _text(target, "__name__"), target)


def _method_entry(function: object, receiver: object) -> str | None:
    """`pandas.DataFrame.head`, though a base class in `pandas.core` defines it; `Path.chmod` and not `PosixPath.chmod`."""
    best = None
    key = key_of(function)
    classes = [*_mro(type(receiver))]
    if is_class(receiver):
        classes = [*_mro(receiver), *(cls for cls in classes if cls is not object)]
    for owner in classes:
        name = f"{_class_entry(owner)}.{_name_of(function)}"
        shorter = best is None or name.count(".") <= best.count(".")
        if shorter and not name.startswith("__main__.") and key_of(find(name)) is key:
            best = name
    return best


def _class_entry(cls: type) -> str:
    return _shortest(_text(cls, "__module__"), _text(cls, "__qualname__"), cls)


def _shortest(module: str, name: str, target: object) -> str:
    """`pandas.core.frame.DataFrame` is known as `pandas.DataFrame`."""
    if "<" in name:
        return f"{module or 'builtins'}.*"
    if not module or module == "builtins":
        # Builtins know no module of their own in some versions.
        return name if not module or find(f"builtins.{name}") is target else f"builtins.{name}"
    # What is Python around C is known by the name of the Python.
    public = {"posix": "os"}.get(module, module.lstrip("_"))
    if public != module and find(f"{public}.{name}") is target:
        return f"{public}.{name}"
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        shorter = ".".join([*parts[:count], name])
        if find(shorter) is target:
            return shorter
    return f"{module}.{name}"


def _name_of(function: object) -> object:
    return getattr(function, "__name__", None)


def _text(target: object, name: str) -> str:
    value = getattr(target, name, "")
    return value if type(value) is str else ""
