"""rlimits."""

from __future__ import annotations

import resource


def apply(orders: list[dict]) -> None:
    for order in orders:
        which = getattr(resource, "RLIMIT_" + order["name"])
        _, ceiling = resource.getrlimit(which)
        hard = order["hard"] if ceiling == resource.RLIM_INFINITY else min(order["hard"], ceiling)
        soft = min(order["soft"], hard)
        resource.setrlimit(which, (soft, hard))
        if resource.getrlimit(which) != (soft, hard):
            raise OSError(1, f"RLIMIT_{order['name']} did not take")
