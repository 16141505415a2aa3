"""Runs the harness from one block of bytecode, which `probe_bundle` has packed and node sends ahead of the plan.

Theory of operation. The block begins with the code of this module; what starts the interpreter runs that and no more.
For each module the block names those that it imports first, so that a whole tree of modules is made in one go, past
the import system (docs/decisions/0008-cold-runs.md). What is imported late, inside the jail, needs no file there.
Modules in LATE are made when something of them is first used: some only after the fork of the process that needs
them, so that two processes load at once, and some only by a run that errs.
"""

from __future__ import annotations

import sys

PACKAGE = "pungi_harness"
# For runs that end in an error or in a value of many parts: loaded when user code has run already.
AFTERWARDS = frozenset(f"{PACKAGE}.{name}" for name in ("report", "value_walk", "value_types"))
# And what only the zygote, only the supervisor, or only a worker of one level uses.
LATE = AFTERWARDS | {f"{PACKAGE}.{name}" for name in ("worker", "workdir", "modes")}
# What these may need where user code has filled the memory that it was given.
RESERVE_BYTES = 2 << 20

_Module = type(sys)
_attribute = object.__getattribute__
_loads = __import__("marshal").loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Whether it is a package, its file, where its code begins and ends, and what it imports first.
    Index = dict[str, tuple[bool, str, int, int, tuple[str, ...]]]


class _LateModule(_Module):
    """Becomes an ordinary module when it is first asked for a name of its own.

    Not by `__getattr__`: before that an AttributeError is made, for which there may be no memory.
    """

    def __getattribute__(self, name: str) -> object:
        # Tools that look through all modules ask for such names; no module of the harness has more of them.
        if name.startswith("__"):
            return _attribute(self, name)
        finder = _attribute(self, "__dict__")["_pungi_finder"]
        if _attribute(self, "__name__") in AFTERWARDS:
            finder.reserve.clear()
        finder.wake(self)
        return getattr(self, name)


class _Finder:
    """Finds the modules of the harness in the block; everything else is left to the finders behind it."""

    def __init__(self, modules: Index, block: memoryview) -> None:
        self._modules = modules
        self._block = block
        # Not touched, so that it is room in the address space and takes no page.
        self.reserve = [bytes(RESERVE_BYTES)]

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        found = self._modules.get(name)
        if found is None:
            return None
        self._bring(found[4])
        # ModuleSpec without importing importlib.
        return type(sys.__spec__)(name, self, origin=found[1], is_package=found[0])

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        self._run(module.__name__, module.__dict__)  # type: ignore[attr-defined]

    def wake(self, module: object) -> None:
        name = module.__name__  # type: ignore[attr-defined]
        self._bring(self._modules[name][4])
        names = _first_names(name, False)
        self._run(name, names)
        # All at once: what failed half-way is tried again, as after an interrupt.
        del module._pungi_finder  # type: ignore[attr-defined]
        module.__dict__.update(names)
        module.__class__ = _Module

    def _run(self, name: str, names: dict[str, object]) -> None:
        _, _, begin, end, _ = self._modules[name]
        exec(_loads(self._block[begin:end]), names)

    def _bring(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name not in sys.modules:
                self._make(name)

    def _make(self, name: str) -> None:
        is_package = self._modules[name][0]
        late = name in LATE
        module = (_LateModule if late else _Module)(name)
        names = module.__dict__
        names.update(_first_names(name, is_package))
        if late:
            names["_pungi_finder"] = self
        else:
            self._run(name, names)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            sys.modules[parent].__dict__[last] = module


def _first_names(name: str, is_package: bool) -> dict[str, object]:
    if is_package:
        return {"__name__": name, "__package__": name, "__path__": []}
    return {"__name__": name, "__package__": name.rpartition(".")[0]}


def install(block: memoryview) -> None:
    """Let modules be found in the block: this module's code, the other codes, the index, and where it begins."""
    index = int.from_bytes(block[-4:], "big")
    sys.meta_path.insert(0, _Finder(_loads(block[index:]), block))  # type: ignore[arg-type]


def start(block: memoryview) -> None:
    """Become the supervisor. Nothing of the start-up is garbage; a worker collects again before user code."""
    import gc

    gc.disable()
    install(block)
    from pungi_harness.supervisor import main

    main()
