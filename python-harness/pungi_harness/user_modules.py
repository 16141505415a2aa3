"""Modules in the workdir are user code too: checked like the main program and run with the guarded builtins."""
from __future__ import annotations

import sys

import _frozen_importlib_external as machinery
import _imp

from . import source


class UserLoader(machinery.SourceFileLoader):
    """Compiles a file of the workdir under its own name; never reads or writes bytecode."""

    def __init__(self, fullname: str, path: str, language: object) -> None:
        super().__init__(fullname, path)
        self._language = language

    def path_stats(self, path: str) -> dict:
        # An OSError here tells SourceLoader.get_code that there is no bytecode to trust.
        raise OSError("bytecode of user modules is not used")

    def source_to_code(self, data: bytes, path: str, *, _optimize: int = -1) -> object:  # type: ignore[override]
        run = self._language.run  # type: ignore[attr-defined]
        filename = run.relative(path)
        text = data if isinstance(data, str) else source.decode(bytes(data))
        run.sources.add(filename, text)
        validator = run.language.validator
        if not validator.concerns(text):
            return compile(data, filename, "exec", 0, True)
        tree = source.parse_module(data, filename)
        violations = validator.violations(tree, filename)
        if violations:
            for violation in violations:
                run.denials.add(violation.refused)
            raise violations[0].error()
        if run.language.guard is not None:
            return run.language.guard.compile(tree, lambda guarded: compile(guarded, filename, "exec", 0, True))
        return compile(tree, filename, "exec", 0, True)

    def exec_module(self, module: object) -> None:
        run = self._language.run  # type: ignore[attr-defined]
        vars(module)["__builtins__"] = run.builtins
        if run.language.guard is not None:
            run.language.guard.add_namespace(vars(module))
        super().exec_module(module)  # type: ignore[arg-type]


def install(language: object, workdir: str) -> None:
    """Put the workdir first on sys.path, as Python does for a script, with UserLoader for what lies beneath it."""
    add_hook(language, workdir)
    sys.path.insert(0, workdir)


def enter_script(workdir: str, name: str) -> str:
    """Put the directory of a main program before the workdir; gives the program's path."""
    path = f"{workdir}/{name}"
    directory = path.rpartition("/")[0]
    if sys.path[0] != directory:
        sys.path.insert(0, directory)
    return path


def add_hook(language: object, workdir: str) -> None:
    beneath = workdir + "/"

    def make_loader(fullname: str, path: str) -> UserLoader:
        return UserLoader(fullname, path, language)

    def hook(path: str) -> object:
        if path != workdir and not path.startswith(beneath):
            raise ImportError("not in the workdir", path=path)
        extensions = (machinery.ExtensionFileLoader, _imp.extension_suffixes())
        sources = (make_loader, machinery.SOURCE_SUFFIXES)
        return machinery.FileFinder(path, extensions, sources)  # type: ignore[arg-type]

    sys.path_hooks.insert(0, hook)  # type: ignore[arg-type]
