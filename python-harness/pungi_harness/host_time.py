"""How long a run has waited for the host, which is not held against its deadline."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .handle import Handle


class HostTime:
    """Stands for the time while at least one call is with the host, less what the run computed meanwhile.

    Only node can say that a call is answered, so that a worker that does not read its answers gains nothing; one that
    computes in another thread while the host works has its clock running as fast as it computes.
    """

    def __init__(self) -> None:
        self._calls = 0
        self.total = 0.0
        self._since = 0.0
        self._cpu_ms = 0.0

    @property
    def is_running(self) -> bool:
        return self._calls > 0

    def begin(self, now: float, handle: Handle) -> None:
        if not self._calls:
            self._since = now
            self._cpu_ms = handle.cpu_ms()
        self._calls += 1

    def end(self, now: float, handle: Handle) -> None:
        self.total = self.seconds(now, handle) if self._calls == 1 else self.total
        self._calls = max(0, self._calls - 1)

    def seconds(self, now: float, handle: Handle) -> float:
        if not self._calls:
            return self.total
        computed = (handle.cpu_ms() - self._cpu_ms) / 1000
        return self.total + max(0.0, now - self._since - computed)
