"""What is done to modules when user code, or a library for it, imports them: pyplot shows figures here."""
from __future__ import annotations

import sys

import _frozen_importlib_external as machinery

from . import rich as names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .rich import Rich


class _Public:
    """Loads `pungi`."""

    def __init__(self, rich: Rich) -> None:
        self._rich = rich

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: object) -> None:
        from . import public_module

        public_module.fill(module, self._rich)


class _Hooked:
    """The module's own loader, with one step after it."""

    def __init__(self, loader: object, after: object) -> None:
        self._loader = loader
        self._after = after

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def exec_module(self, module: object) -> None:
        self._loader.exec_module(module)  # type: ignore[attr-defined]
        self._after(module)  # type: ignore[operator]


def find_spec(rich: Rich, name: str, path: object) -> object:
    if name == names.PUBLIC:
        return type(sys.__spec__)(name, _Public(rich), origin="pungi")  # type: ignore[arg-type]
    if name == "matplotlib.font_manager":
        from . import font_list

        font_list.place(rich.font_list)
        return None
    spec = machinery.PathFinder.find_spec(name, path)  # type: ignore[arg-type]
    if spec is not None and spec.loader is not None:
        spec.loader = _Hooked(spec.loader, _after(rich, name))  # type: ignore[assignment]
    return spec


def hook_loaded(rich: Rich) -> None:
    """The same for what is there already."""
    for name in names.HOOKED:
        module = sys.modules.get(name)
        after = _after(rich, name)
        if module is not None and after is not None:
            after(module)


def _after(rich: Rich, name: str):  # type: ignore[no-untyped-def]
    if name == "matplotlib.pyplot":
        return lambda module: _hook_pyplot(rich, module)
    if name == "matplotlib.axes._axes":
        return _hook_axes
    return None


def _hook_pyplot(rich: Rich, pyplot: object) -> None:
    """`show` displays; like closing the windows, it ends the figures, so that the next plot is a new one."""

    def show(*, block: bool | None = None) -> None:
        # Without blocking the program goes on to draw: the end of the run shows what came of it.
        if block is not False:
            rich.show().open_figures()  # type: ignore[attr-defined]
            pyplot.close("all")  # type: ignore[attr-defined]

    def show_figure(figure: object, warn: bool = True) -> None:
        rich.show().figure(figure)  # type: ignore[attr-defined]

    pyplot.show = show  # type: ignore[attr-defined]
    sys.modules["matplotlib.figure"].Figure.show = show_figure


def _hook_axes(module: object) -> None:
    from . import chart_record

    chart_record.hook(module.Axes)  # type: ignore[attr-defined]
