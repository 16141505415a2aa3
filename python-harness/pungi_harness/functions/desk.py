"""Where a worker's host functions are from job to job: one port, whose numbers go on, and classes of errors."""
from __future__ import annotations

from .. import protocol
from .host_error import Errors
from .host_functions import HostFunctions
from .port import Port

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..display.rich import Rich


class Desk:
    """`reader` is that of whoever else reads the line; None where nobody does."""

    def __init__(self, line: object, reader: protocol.FrameReader | None) -> None:
        self._port = Port(line, reader)
        self._errors = Errors()

    def begin(self, rich: Rich, orders: list[dict]) -> None:
        """For the job that is about to run; its variables get the functions."""
        self._port.begin(rich.outbox)
        rich.functions = HostFunctions(self._port, orders, self._errors)

    def end(self, rich: Rich) -> None:
        self._port.end()
        rich.functions = None
