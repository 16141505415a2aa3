"""The harness as one block of bytecode: packed once by the probe, sent to each supervisor ahead of its plan.

Importing 36 small modules from files costs 6 ms of a cold start, from memory 3 ms, and what is imported late, inside
the jail, needs no file there (docs/decisions/0002-how-the-harness-gets-to-the-interpreter.md). The block is
bytecode of one interpreter: it is packed and used by the same binary.
"""

from __future__ import annotations

import sys

PACKAGE = "pungi_harness"


class _Finder:
    """Finds the modules of the harness in the block; everything else is left to the finders behind it."""

    def __init__(self, modules: dict[str, tuple[bool, str, bytes]]) -> None:
        self._modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        found = self._modules.get(name)
        if found is None:
            return None
        # ModuleSpec without importing importlib.
        return type(sys.__spec__)(name, self, origin=found[1], is_package=found[0])

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        import marshal

        exec(marshal.loads(self._modules[module.__name__][2]), module.__dict__)  # type: ignore[attr-defined]


def install(modules: dict[str, tuple[bool, str, bytes]]) -> None:
    sys.meta_path.insert(0, _Finder(modules))  # type: ignore[arg-type]


def pack(directory: str, cache: str) -> bytes:
    """The block for this interpreter; kept in `cache`, when one is given, under a name made of all sources."""
    import hashlib
    import os

    sources = _read_sources(directory)
    digest = hashlib.sha256(repr((sys.version, sources)).encode()).hexdigest()
    place = os.path.join(cache, f"harness-{digest[:32]}.bundle") if cache else ""
    if place:
        try:
            with open(place, "rb") as file:
                return file.read()
        except OSError:
            # Not there yet, or not to be read: then it is compiled, as without a cache.
            pass
    block = _compile(sources)
    if place:
        _keep(place, block)
    return block


def _read_sources(directory: str) -> list[tuple[str, bool, str, bytes]]:
    import os

    sources = []
    for folder, folders, files in sorted(os.walk(os.path.join(directory, PACKAGE))):
        folders.sort()
        package = os.path.relpath(folder, directory).replace(os.sep, ".")
        for file in sorted(files):
            if not file.endswith(".py") or file.startswith("probe"):
                continue
            path = os.path.join(folder, file)
            with open(path, "rb") as source:
                is_package = file == "__init__.py"
                name = package if is_package else f"{package}.{file[:-3]}"
                sources.append((name, is_package, path, source.read()))
    return sources


def _compile(sources: list[tuple[str, bool, str, bytes]]) -> bytes:
    import marshal

    modules = {}
    for name, is_package, path, source in sources:
        # Without docstrings and asserts: neither is read, and less is to be loaded.
        # A name in angle brackets tells linecache that there is no file to look for, inside the jail above all.
        code = compile(source, f"<{name}>", "exec", dont_inherit=True, optimize=2)
        modules[name] = (is_package, path, marshal.dumps(code))
    return marshal.dumps(modules)


def _keep(place: str, block: bytes) -> None:
    import os

    temporary = f"{place}.{os.getpid()}"
    try:
        with open(temporary, "xb") as file:
            file.write(block)
        os.replace(temporary, place)
    except OSError:
        # A full or read-only cache costs the next program 150 ms, nothing else.
        try:
            os.unlink(temporary)
        except OSError:
            pass
