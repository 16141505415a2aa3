"""What a worker that lives on does with its jobs: the steps of a session, or programs to be read."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket

    from .worker import Prepared


def settle(prepared: Prepared) -> None:
    """In the zygote: load what all such workers need."""
    if reads(prepared.plan):
        from . import reading

        reading.settle(prepared.language)
    else:
        from . import branch, steps  # noqa: F401


def serve(line: _socket.socket, prepared: Prepared, place: str, job_cap: int) -> None:
    """Returns when the host has closed the line."""
    if reads(prepared.plan):
        from . import reading

        reading.serve(line, prepared.language, job_cap)
    else:
        from . import branch, steps

        steps.serve(line, prepared.language, job_cap, branch.Brancher(prepared, place))


def reads(plan: dict) -> bool:
    return plan["session"]["serves"] == "questions"
