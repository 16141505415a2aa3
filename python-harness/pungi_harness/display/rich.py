"""Rich output at no cost until it is used: `display` without an import, `import pungi`, and what a run leaves to show.

This module is loaded by every worker and holds only what decides whether the others are needed.
"""
from __future__ import annotations

import sys

from .outbox import Outbox

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..functions.host_functions import HostFunctions

PUBLIC = "pungi"
# Modules that are told where to show things, or handed something, when they are imported.
HOOKED = frozenset((PUBLIC, "matplotlib.pyplot", "matplotlib.axes._axes", "matplotlib.font_manager"))
_FIGURES = "matplotlib._pylab_helpers"
# By identity: a hostile metaclass may define `__hash__` and `__eq__`.
_PLAIN = frozenset(map(id, (type(None), bool, int, float, str, bytes, list, tuple, dict, set, frozenset)))


class Rich:
    """A worker's side of rich output."""

    def __init__(self, orders: dict) -> None:
        self.orders = orders
        # While a run may send.
        self.outbox = Outbox(None)
        # Of the host, where the job brought some.
        self.functions: HostFunctions | None = None
        self.font_list: str | None = None
        self._show: object = None
        # Of the step before, in a session.
        self._shown: object = None
        self.display = _make_display(self)
        if "matplotlib" in sys.modules or "pandas" in sys.modules or "PIL" in sys.modules:
            # Preloaded: then what shows it is worth having before the fork, too.
            from . import hooks, show

            hooks.hook_loaded(self)
            show.load_all()

    def install(self) -> None:
        """Once for each worker: be asked for modules ahead of everybody else."""
        sys.meta_path.insert(0, self)  # type: ignore[arg-type]

    def begin(self, line: object, job: dict) -> None:
        """From here on this worker may send: what comes now is the run."""
        self.outbox = Outbox(line)
        self.font_list = job.get("fontList")
        if self._shown is not None:
            # The same object: user code may hold its metadata.
            self._show = self._shown
            self._show.renew(self.outbox)  # type: ignore[attr-defined]

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name not in HOOKED:
            return None
        from . import hooks

        return hooks.find_spec(self, name, path)

    def show(self) -> object:
        """What is shown by the present run; made when the first thing is."""
        if self._show is None:
            from .show import Show

            self._show = Show(self.orders, self.outbox)
        return self._show

    def show_left(self, last: object, notes: list[str]) -> None:
        """After the program: show the value of its last expression and the figures that are still open."""
        if id(type(last)) not in _PLAIN or _FIGURES in sys.modules:
            _guarded(lambda: self.show().show_left(last), notes)  # type: ignore[attr-defined]

    def finish(self, notes: list[str]) -> None:
        """After exit handlers, before the outcome: nothing may be sent from here on."""
        if self._show is not None:
            _guarded(lambda: self._show.finish(notes), notes)  # type: ignore[attr-defined]
        self._shown = self._show
        self._show = None
        self.outbox.close()


def _guarded(action, notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    try:
        action()
    except BaseException as error:  # noqa: BLE001 - user code may have broken anything that this needs
        notes.append(f"displays: what was left to show raised {type(error).__name__}")


def _make_display(rich: Rich) -> object:
    def display(*objects: object, raw: bool = False, metadata: object = None) -> None:
        """Show each object in all forms that it has; with `raw`, each is a dict of MIME types itself."""
        rich.show().display(objects, raw, metadata)  # type: ignore[attr-defined]

    return display
