"""Random states that a fork would copy, made anew in each worker.

`random` and `secrets` see to themselves. OpenSSL tells a fork by the process id, which is 1 in each pid namespace,
for the zygote as for its workers; so does `tempfile` for the names it makes up. numpy does not look at all.
"""

from __future__ import annotations

import os
import sys


def reseed() -> None:
    """For what was imported before the fork; costs nothing without preloads."""
    ssl = sys.modules.get("_ssl")
    if ssl is not None:
        ssl.RAND_add(os.urandom(32), 32.0)
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None:
        vars(tempfile)["_name_sequence"] = None
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()
