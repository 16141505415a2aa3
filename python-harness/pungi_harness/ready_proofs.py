"""What node is told of the layers of a worker that is ready: the worker's own word, and the supervisor's of its group."""

from __future__ import annotations

from . import wire_json
from .birth import Birth
from .handle import DYING_MS, Handle
from .jail.failure import JailFailure


class Proofs:
    def __init__(self, birth: Birth) -> None:
        self._birth = birth
        # All workers of a plan say the same.
        self._said = self._completed = b""

    def hold_from_outside(self, handle: Handle) -> bool:
        """False of a worker that dies just now, which the kernel takes out of its groups: its death will be told."""
        if self._birth.cgroup is None:
            return True
        try:
            self._birth.cgroup.prove(handle.pid)
        except JailFailure:
            if handle.has_ended(DYING_MS):
                return False
            raise
        return True

    def complete(self, payload: bytes) -> bytes:
        """Before user code a worker is trusted; the group is not its to know."""
        if payload != self._said:
            message = wire_json.loads(payload.decode())
            layers = message["layers"]
            layers["cgroup"] = self._birth.cgroup.describe() if self._birth.cgroup else None
            if self._birth.cgroup:
                layers["proofs"] = [*layers["proofs"], "cgroup"]
            self._said, self._completed = payload, wire_json.dumps(message).encode()
        return self._completed
