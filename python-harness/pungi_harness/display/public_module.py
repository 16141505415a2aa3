"""The module that user code gets for `import pungi`: `display`, `progress` and `metadata`."""
from __future__ import annotations


def fill(module: object, rich: object) -> None:
    show = rich.show()  # type: ignore[attr-defined]

    def progress(fraction: float | None, text: str | None = None) -> None:
        """Tell the host how far this run is: a number from 0 to 1, or None when nobody knows, and a few words."""
        show.progress(fraction, text)

    from ..functions.host_error import HostError

    names = vars(module)
    names["HostError"] = HostError
    names["__doc__"] = "What a run in pungi can say to its host."
    names["__all__"] = ["HostError", "display", "metadata", "progress"]
    names["display"] = rich.display  # type: ignore[attr-defined]
    names["progress"] = progress
    names["metadata"] = show.metadata
    show.module = module
