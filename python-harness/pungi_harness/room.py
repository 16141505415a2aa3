"""How many workers the open files that this process may have suffice for."""

from __future__ import annotations

from .jail.failure import JailFailure

# Line, two outputs, pidfd, top and workdir, status, and where it may fork two more; of its run, stdin and a file.
PER_WORKER = 12
# The supervisor's own, with room for a walk through nested directories.
OWN = 64
HINT = "Raise the limit of open files (`ulimit -n`), or lower `warm.size`."


def most_workers(launch: dict) -> int:
    """Those at work, those that wait and those that end, together. JailFailure when that is less than is ordered."""
    if not launch["replenish"] or launch["plan"]["session"] is not None:
        # One, or as many as there are sessions, which cannot wait for each other's end.
        return 1 << 30
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = 1 << 20 if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    found = (allowed - OWN) // PER_WORKER
    wanted = launch["workers"]
    if found < wanted:
        needed = wanted * PER_WORKER + OWN
        raise JailFailure("descriptors", f"{wanted} workers need {needed} open files, and {allowed} are allowed", HINT)
    return found
