"""Shows a program another time of day: one moment for ever, or the host's moved by an offset.

`time` is a module whose functions can be replaced. The classes of `datetime` are C types: their methods are replaced
in the dict of the type, so that instances stay what everybody's `isinstance` expects. Clocks that measure spans
(`monotonic`, `perf_counter`) go on as ever, and so do deadlines. C code that asks the kernel is not met.
"""
from __future__ import annotations

import time

from .stand_in import replace

_NS_PER_MS = 1_000_000
_NS_PER_SECOND = 1_000_000_000


def install(orders: dict):  # type: ignore[no-untyped-def]
    """Replace the functions of `time`; gives what is to be done with the module `datetime` once it is there."""
    now_ns = _source(orders)

    def now() -> float:
        return now_ns() / _NS_PER_SECOND

    _replace_readings(now, now_ns)
    _replace_conversions(now)
    return lambda module: _replace_dates(module, now)


def _source(orders: dict):  # type: ignore[no-untyped-def]
    if orders["kind"] == "frozen":
        frozen = round(orders["epochMs"] * _NS_PER_MS)
        return lambda: frozen
    offset = round(orders["offsetMs"] * _NS_PER_MS)
    real = time.time_ns

    return lambda: real() + offset


def _replace_readings(now, now_ns) -> None:  # type: ignore[no-untyped-def]
    def reading(clock):  # type: ignore[no-untyped-def]
        return now() if clock == time.CLOCK_REALTIME else real_reading(clock)

    def reading_ns(clock):  # type: ignore[no-untyped-def]
        return now_ns() if clock == time.CLOCK_REALTIME else real_reading_ns(clock)

    real_reading, real_reading_ns = time.clock_gettime, time.clock_gettime_ns
    replace("time", now, time)
    replace("time_ns", now_ns, time)
    replace("clock_gettime", reading, time)
    replace("clock_gettime_ns", reading_ns, time)


def _replace_conversions(now) -> None:  # type: ignore[no-untyped-def]
    """Those that mean the present when they are given nothing."""
    localtime, gmtime, ctime, asctime, strftime = time.localtime, time.gmtime, time.ctime, time.asctime, time.strftime
    replace("localtime", lambda seconds=None: localtime(now() if seconds is None else seconds), time)
    replace("gmtime", lambda seconds=None: gmtime(now() if seconds is None else seconds), time)
    replace("ctime", lambda seconds=None: ctime(now() if seconds is None else seconds), time)
    replace("asctime", lambda *parts: asctime(*(parts or (localtime(now()),))), time)
    replace("strftime", lambda form, *parts: strftime(form, *(parts or (localtime(now()),))), time)


def _replace_dates(module, now) -> None:  # type: ignore[no-untyped-def]
    utc = module.timezone.utc

    def present(cls, tz=None):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(now(), tz)

    def present_utc(cls):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(now(), utc).replace(tzinfo=None)

    def today(cls):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(now())

    _put_method(module.datetime, "now", present)
    _put_method(module.datetime, "utcnow", present_utc)
    _put_method(module.datetime, "today", today)
    _put_method(module.date, "today", today)


def _put_method(cls: type, name: str, function) -> None:  # type: ignore[no-untyped-def]
    import ctypes
    import gc

    function.__name__, function.__qualname__ = name, f"{cls.__name__}.{name}"
    # The one thing that a mappingproxy refers to is the dict behind it.
    (members,) = gc.get_referents(vars(cls))
    members[name] = classmethod(function)
    # Lookups that were made before are cached by type.
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
