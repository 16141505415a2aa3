"""How a program ends: what an interpreter does at exit, done here because a worker leaves by `os._exit`."""
from __future__ import annotations

import _io
import _thread
import sys


def run_coroutine(coroutine: object) -> None:
    """Top-level await. Tasks left in the background are awaited; the first that failed fails the run."""
    import asyncio

    asyncio.run(_with_background_tasks(asyncio, coroutine))


async def _with_background_tasks(asyncio: object, coroutine: object) -> None:
    loop = asyncio.get_running_loop()  # type: ignore[attr-defined]
    tasks, failures = _watch_tasks(asyncio, loop)
    await coroutine  # type: ignore[misc]
    while True:
        others = asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[attr-defined]
        if not others:
            break
        await asyncio.wait(others)  # type: ignore[attr-defined]
    failures += [task.exception() for task in tasks.values() if _failed_unseen(task)]
    loop.set_exception_handler(None)
    for failure in failures[1:]:
        loop.call_exception_handler({"message": "A background task failed", "exception": failure})
    if failures:
        raise failures[0]


def _watch_tasks(asyncio: object, loop: object) -> tuple:
    """Tasks from now on, as long as someone holds them, and the failures of those let go unseen."""
    from weakref import WeakValueDictionary

    # By number, so that the first made is the first told.
    tasks, failures, numbers = WeakValueDictionary(), [], iter(range(1 << 62))

    def make_task(loop: object, coroutine: object, **options: object) -> object:
        task = asyncio.Task(coroutine, loop=loop, **options)  # type: ignore[attr-defined]
        tasks[next(numbers)] = task
        return task

    def handle(loop: object, context: dict) -> None:
        if "exception" in context and isinstance(context.get("future"), asyncio.Task):  # type: ignore[attr-defined]
            failures.append(context["exception"])
        else:
            loop.default_exception_handler(context)  # type: ignore[attr-defined]

    loop.set_task_factory(make_task)  # type: ignore[attr-defined]
    loop.set_exception_handler(handle)  # type: ignore[attr-defined]
    return tasks, failures


def _failed_unseen(task: object) -> bool:
    """Whether it ended in an exception that the program has not asked for. A task that it cancelled has not failed."""
    return task.done() and not task.cancelled() and task._log_traceback  # type: ignore[attr-defined]


def threads_and_exit_handlers(notes: list[str]) -> None:
    """As Py_FinalizeEx: wait for threads that are no daemons, then run what atexit has."""
    threading = sys.modules.get("threading")
    if threading is not None and _thread._count():
        _guarded("threads could not be joined", threading._shutdown, notes)
    atexit = sys.modules.get("atexit")
    if atexit is not None:
        _guarded("an exit handler failed", atexit._run_exitfuncs, notes)


def release(namespace: dict, wrote: bool, notes: list[str]) -> None:
    """Let go of the program's variables, so that `__del__` runs and files close, then flush what is still open."""
    # Threads that go on as daemons would only stumble over names that are gone.
    if not _thread._count():
        for name in list(namespace):
            if name != "__builtins__" and not (name.startswith("__") and name.endswith("__")):
                namespace[name] = None
    if wrote:
        flush_files(notes)


def flush_files(notes: list[str]) -> int:
    """How many are open for writing."""
    import gc

    found = 0
    buffered = (_io.TextIOWrapper, _io.BufferedWriter, _io.BufferedRandom)
    for thing in gc.get_objects():
        if issubclass(type(thing), buffered) and not _is_closed(thing):
            _guarded(f"the file {_name(thing)} could not be flushed", thing.flush, notes)
            found += 1
    return found


def _is_closed(thing: object) -> bool:
    try:
        return bool(thing.closed)  # type: ignore[attr-defined]
    except BaseException:  # noqa: BLE001 - a half-made or detached file has nothing to flush
        return True


def _name(thing: object) -> str:
    try:
        return ascii(thing.name)[:200]  # type: ignore[attr-defined]
    except BaseException:  # noqa: BLE001
        return "without a name"


def flush_streams(notes: list[str]) -> None:
    """Both the streams of the worker and those that user code put in their place."""
    streams = []
    for name in ("stdout", "__stdout__", "stderr", "__stderr__"):
        stream = getattr(sys, name, None)
        if stream is not None and not any(stream is other for other in streams):
            streams.append(stream)
            if not _is_closed(stream):
                _guarded(f"{name} could not be flushed", stream.flush, notes)


def _guarded(what: str, action: object, notes: list[str]) -> None:
    try:
        action()  # type: ignore[operator]
    except BaseException as error:  # noqa: BLE001 - user code is behind every one of these
        notes.append(f"{what}: {type(error).__name__}")
