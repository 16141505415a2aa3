"""Rules about the arguments of allowed callables. Places are held by the kernel; a rule says it before it is tried."""
from __future__ import annotations

import os

from .guard_names import Builtin, Method

_WRITING = frozenset("wax+")
_MISSING = object()


def checked(function, rule: dict, is_member: bool, check_write, refuse):  # type: ignore[no-untyped-def]
    """A callable that looks at its arguments and then calls `function`."""
    check = _CHECKS[rule["kind"]]

    def call(*arguments: object, **named: object) -> object:
        receiver, rest = _MISSING, arguments
        if is_member:
            if type(function) in (Method, Builtin):
                receiver = function.__self__
            elif arguments:
                # `DataFrame.to_csv(frame, path)`.
                receiver, rest = arguments[0], arguments[1:]
        check(rule, receiver, rest, named, check_write, refuse)
        return function(*arguments, **named)

    return call


def _argument(rule: dict, arguments: tuple, named: dict) -> object:
    if rule["kw"] is not None and rule["kw"] in named:
        return named[rule["kw"]]
    position = rule["pos"]
    return arguments[position] if position is not None and position < len(arguments) else _MISSING


def _path_text(value: object) -> str | None:
    """None for descriptors, buffers and what is absent: they name no place."""
    if value is _MISSING or value is None or isinstance(value, int):
        return None
    try:
        return os.fsdecode(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def _write(value: object, check_write) -> None:  # type: ignore[no-untyped-def]
    path = _path_text(value)
    if path is not None:
        check_write(path)


def _arg_path(rule, receiver, arguments, named, check_write, refuse) -> None:  # type: ignore[no-untyped-def]
    _write(_argument(rule, arguments, named), check_write)


def _self_path(rule, receiver, arguments, named, check_write, refuse) -> None:  # type: ignore[no-untyped-def]
    _write(receiver, check_write)
    _write(_argument(rule, arguments, named), check_write)


def _open_mode(rule, receiver, arguments, named, check_write, refuse) -> None:  # type: ignore[no-untyped-def]
    """`open(file, mode)`, or `path.open(mode)`."""
    if _path_text(receiver) is None:
        receiver = arguments[0] if arguments else named.get("file", named.get("path", _MISSING))
        arguments = arguments[1:]
    mode = named.get("mode", arguments[0] if arguments else "r")
    if isinstance(mode, str) and not _WRITING.isdisjoint(mode):
        _write(receiver, check_write)


def _extension(rule, receiver, arguments, named, check_write, refuse) -> None:  # type: ignore[no-untyped-def]
    value = receiver if rule["pos"] is None and rule["kw"] is None else _argument(rule, arguments, named)
    path = _path_text(value)
    if path is None:
        return
    check_write(path)
    extension = os.path.splitext(path)[1]
    if extension not in rule["allow"]:
        allowed = tuple(rule["allow"])
        refuse(
            path,
            f"Extension {extension!r} of {path!r} is not allowed here; allowed: {allowed!r}",
            "Write a file with one of these, or add the extension to the rule in allow.",
        )


def _attribute(rule, receiver, arguments, named, check_write, refuse) -> None:  # type: ignore[no-untyped-def]
    """`getattr(x, name)`: names that are refused in the source are refused as texts, too."""
    for name in arguments[rule["pos"] or 0 :]:
        if isinstance(name, str):
            for part in name.split("."):
                if part in HIDDEN or (part in FIXED and rule["kw"] == "changes"):
                    refuse(part, f"Attribute '{part}' is not allowed in guarded mode", "Do without it.")


# They lead to the guard itself.
HIDDEN = frozenset(
    "co_consts __closure__ cell_contents tb_frame gi_frame cr_frame ag_frame f_back f_locals f_builtins "
    "__loader__ __spec__ _language".split()
)
# They say where a callable comes from.
FIXED = frozenset(["__module__", "__builtins__", "__class__", "__code__"])

_CHECKS = {
    "argPath": _arg_path,
    "selfPath": _self_path,
    "openMode": _open_mode,
    "extension": _extension,
    "attribute": _attribute,
}
