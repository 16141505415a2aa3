"""The packages that an interpreter has, read from what their installers left beside them.

Without `importlib.metadata`, which reads mail headers for it and takes a tenth of a second.
"""
from __future__ import annotations

import os

_MOST_PACKAGES = 2000
_MOST_BYTES = 4 << 20
_SUFFIXES = (".dist-info", ".egg-info")
_EXTENSION = ".so"


def packages(path: list[str]) -> list[dict]:
    """Name, version and top-level modules of each; the first place on the path wins, as it does for imports."""
    found: dict[str, dict] = {}
    for place in path:
        for entry in _listed(place):
            if entry.endswith(_SUFFIXES) and len(found) < _MOST_PACKAGES:
                package = _read(place, entry)
                if package is not None:
                    found.setdefault(package["name"].lower().replace("_", "-"), package)
    return [found[name] for name in sorted(found)]


def _listed(place: str) -> list[str]:
    try:
        return sorted(os.listdir(place))
    except OSError:
        # Not a directory, or not to be read from here: then nothing of it can be imported either.
        return []


def _read(place: str, entry: str) -> dict | None:
    info = os.path.join(place, entry)
    is_directory = os.path.isdir(info)
    wheel = entry.endswith(".dist-info")
    text = _text(os.path.join(info, "METADATA" if wheel else "PKG-INFO") if is_directory else info)
    name, version = _header(text, "Name"), _header(text, "Version")
    if not name or not version:
        return None
    modules = [module for module in _modules(info, wheel) if _is_there(place, module)]
    return {"name": name, "version": version, "modules": modules} if modules else None


def _modules(info: str, wheel: bool) -> list[str]:
    listed = _text(os.path.join(info, "top_level.txt")).split()
    if listed:
        return sorted({module for module in listed if module.isidentifier() and not module.startswith("_")})
    record = _text(os.path.join(info, "RECORD")) if wheel else ""
    names = set()
    for line in record.splitlines():
        first, slash, rest = line.partition(",")[0].partition("/")
        stem = first if slash else first.partition(".")[0]
        if stem.isidentifier() and not stem.startswith("_") and (rest.endswith((".py", _EXTENSION)) or not slash):
            names.add(stem)
    return sorted(names)


def _is_there(place: str, module: str) -> bool:
    """Whether an import would find it: an installer's list may name what was not installed."""
    base = os.path.join(place, module)
    if os.path.isdir(base) or os.path.exists(base + ".py"):
        return True
    return any(entry.startswith(module + ".") and entry.endswith(_EXTENSION) for entry in _listed(place))


def _header(text: str, name: str) -> str:
    for line in text.split("\n\n", 1)[0].splitlines():
        if line.startswith(name + ":"):
            return line.partition(":")[2].strip()[:200]
    return ""


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
