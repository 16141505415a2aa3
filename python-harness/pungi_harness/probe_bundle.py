"""Packs the harness into one block of bytecode, once for each version of harness and interpreter.

The block is bytecode of one interpreter: it is packed and used by the same binary.
"""

from __future__ import annotations

import sys

from pungi_harness import bundle

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from types import CodeType


def pack(directory: str, cache: str) -> bytes:
    """The block for this interpreter; kept in `cache`, when one is given, under a name made of all sources."""
    import hashlib
    import os

    sources = _read_sources(directory)
    with open(__file__, "rb") as file:
        digest = hashlib.sha256(repr((sys.version, sources, file.read())).encode()).hexdigest()
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
    for folder, folders, files in sorted(os.walk(os.path.join(directory, bundle.PACKAGE))):
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
    import ast
    import marshal

    trees = {name: ast.parse(source) for name, _, _, source in sources}
    packages = frozenset(name for name, is_package, _, _ in sources if is_package)
    imported = {name: _imports(tree, name, name in packages, trees) for name, tree in trees.items()}
    modules = {}
    block = bytearray()
    # What starts the interpreter runs what stands first.
    for name, is_package, path, _ in sorted(sources, key=lambda source: source[0] != bundle.__name__):
        begin = len(block)
        block += marshal.dumps(_code(trees[name], name))
        modules[name] = (is_package, path, begin, len(block), _order(name, imported))
    index = len(block)
    return bytes(block) + marshal.dumps(modules) + index.to_bytes(4, "big")


def _code(tree: ast.Module, name: str) -> CodeType:
    """Without docstrings, asserts and `from __future__ import annotations`, which is a file of its own to import."""
    import __future__

    tree.body = [node for node in tree.body if getattr(node, "module", None) != "__future__"]
    flags = __future__.annotations.compiler_flag
    # A name in angle brackets tells linecache that there is no file to look for, inside the jail above all.
    return compile(tree, f"<{name}>", "exec", flags, True, 2)


def _imports(tree: ast.Module, name: str, is_package: bool, known: dict) -> list[str]:
    """The modules of the harness that this one imports whenever it is imported itself, its packages included."""
    import ast

    parts = name.split(".")
    found = [".".join(parts[:count]) for count in range(1, len(parts))]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = parts[: len(parts) - node.level + is_package] + (node.module.split(".") if node.module else [])
            found += [".".join(base), *(".".join([*base, alias.name]) for alias in node.names)]
    return [module for module in found if module in known]


def _order(name: str, imported: dict[str, list[str]]) -> tuple[str, ...]:
    """All that importing a module imports, each after what it needs itself; a late one needs nothing yet."""
    order: dict[str, None] = {}

    def add(module: str) -> None:
        for needed in imported[module]:
            if needed != name and needed not in order:
                if needed not in bundle.LATE:
                    add(needed)
                order[needed] = None

    add(name)
    return tuple(order)


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
