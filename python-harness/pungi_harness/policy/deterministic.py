"""Makes runs repeatable: everything that Python draws from chance comes from one seed, directories come sorted.

Installed in the zygote before anything is preloaded, so that what is imported there holds these functions and not the
real ones; `begin` puts each worker at the start of its stream, whatever was drawn before the fork. The hash seed is
set when the interpreter starts (src/plan/supervisor.ts). Native code that asks the kernel is not met, nor are addresses.
"""
from __future__ import annotations

import os
import sys

import _random
import posix

from .stand_in import replace

_MASK = 0xFFFFFFFF
_NODE_BITS = (1 << 40) - 1
# Locally administered and multicast, as RFC 4122 asks of a node that is no network card.
_NODE = 0x03 << 40


class Repeatable:
    """What a policy with `deterministic` or `clock` changes in an interpreter."""

    def __init__(self, seed: int | None, clock: dict | None) -> None:
        self._seed = seed
        self._stream: object = None
        patches: dict = {}
        if seed is not None:
            if "random" in sys.modules:
                raise RuntimeError("random was imported before its seed was known")
            self._rewind()
            self._replace_sources()
            _sort_directories()
            patches.update(
                {
                    "random": self._seed_random,
                    "numpy.random": self._seed_numpy,
                    "uuid": self._fix_uuid,
                    "ssl": self._fix_ssl,
                }
            )
        if clock is not None:
            from . import clock as clocks

            patches["datetime"] = clocks.install(clock)
        sys.meta_path.insert(0, _AfterImport(patches, self._hold))  # type: ignore[arg-type]
        for name, patch in patches.items():
            if name in sys.modules:
                patch(sys.modules[name])

    def begin(self) -> None:
        """In the worker, before its job."""
        if self._seed is None:
            return
        self._rewind()
        for name, patch in (("random", self._seed_random), ("numpy.random", self._seed_numpy)):
            if name in sys.modules:
                patch(sys.modules[name])

    def urandom(self, size: int) -> bytes:
        size = size.__index__()
        if size < 0:
            raise ValueError("negative argument not allowed")
        return self._stream.getrandbits(size * 8).to_bytes(size, "little") if size else b""  # type: ignore[attr-defined]

    def _hold(self):  # type: ignore[no-untyped-def]
        """What a module draws while it is imported does not count: in a warm worker it was imported long before."""
        stream = self._stream
        if stream is None:
            return lambda: None
        state = stream.getstate()  # type: ignore[attr-defined]
        return lambda: stream.setstate(state)  # type: ignore[attr-defined]

    def _rewind(self) -> None:
        # Another stream than that of `random.seed(seed)`, which the program draws from.
        self._stream = _KERNEL_TWISTER((self._seed or 0) + (1 << 64))

    def _replace_sources(self) -> None:
        urandom = self.urandom
        replace("urandom", urandom, os, posix)
        if hasattr(os, "getrandom"):
            replace("getrandom", lambda size, flags=0: urandom(size), os, posix)
        # `random.Random` derives from it; a seed of None asks the kernel in C.
        _random.Random = _seeded_twister(urandom)  # type: ignore[misc]

    def _seed_random(self, random: object) -> None:
        random.seed(self._seed)  # type: ignore[attr-defined]

    def _seed_numpy(self, random: object) -> None:
        random.seed((self._seed or 0) & _MASK)  # type: ignore[attr-defined]

    def _fix_uuid(self, uuid: object) -> None:
        """`uuid1` asks libuuid for time and node; without it, `time` and this node serve."""
        uuid._generate_time_safe = None  # type: ignore[attr-defined]
        uuid._node = _NODE | ((self._seed or 0) & _NODE_BITS)  # type: ignore[attr-defined]

    def _fix_ssl(self, ssl: object) -> None:
        ssl.RAND_bytes = self.urandom  # type: ignore[attr-defined]


_KERNEL_TWISTER = _random.Random


def install(orders: dict) -> Repeatable | None:
    """For `LanguageOrders`; None where the policy asks for neither."""
    if orders["seed"] is None and orders["clock"] is None:
        return None
    return Repeatable(orders["seed"], orders["clock"])


def _seeded_twister(urandom) -> type:  # type: ignore[no-untyped-def]
    class Random(_KERNEL_TWISTER):
        def __new__(cls, *arguments):  # type: ignore[no-untyped-def]
            # With an argument the base seeds by its hash; `seed` below does it anew.
            return _KERNEL_TWISTER.__new__(cls)

        def __init__(self, *arguments):  # type: ignore[no-untyped-def]
            Random.seed(self, *arguments)

        def seed(self, value=None):  # type: ignore[no-untyped-def]
            _KERNEL_TWISTER.seed(self, int.from_bytes(urandom(32), "little") if value is None else value)

    Random.__module__ = "_random"
    Random.__qualname__ = "Random"
    return Random


def _sort_directories() -> None:
    """Everything in the standard library that lists a directory asks one of these two."""
    listdir, scandir = os.listdir, os.scandir

    def sorted_listdir(path=None):  # type: ignore[no-untyped-def]
        return sorted(listdir(path))

    def sorted_scandir(path=None):  # type: ignore[no-untyped-def]
        with scandir(path) as entries:
            return _Entries(sorted(entries, key=lambda entry: entry.name))

    for original, replacement in ((listdir, sorted_listdir), (scandir, sorted_scandir)):
        replace(original.__name__, replacement, os, posix)
        if original in os.supports_fd:
            os.supports_fd.add(getattr(os, original.__name__))


class _Entries:
    """What `os.scandir` gives, already read."""

    def __init__(self, entries: list) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> _Entries:
        return self

    def __next__(self) -> object:
        return next(self._entries)

    def __enter__(self) -> _Entries:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._entries = iter(())


class _AfterImport:
    """A finder ahead of the others: it leaves the finding to them and changes the module once it has been executed."""

    def __init__(self, patches: dict, hold: object) -> None:
        self._patches = patches
        self._hold = hold

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        patch = self._patches.get(name)
        if patch is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)  # type: ignore[arg-type]
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = _PatchingLoader(spec.loader, patch, self._hold)  # type: ignore[assignment]
                return spec
        return None


class _PatchingLoader:
    def __init__(self, loader: object, patch: object, hold: object) -> None:
        self._loader = loader
        self._patch = patch
        self._hold = hold

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def create_module(self, spec: object) -> object:
        return self._loader.create_module(spec)  # type: ignore[attr-defined]

    def exec_module(self, module: object) -> None:
        release = self._hold()  # type: ignore[operator]
        self._loader.exec_module(module)  # type: ignore[attr-defined]
        release()
        module.__spec__.loader = module.__loader__ = self._loader  # type: ignore[attr-defined]
        self._patch(module)  # type: ignore[operator]
