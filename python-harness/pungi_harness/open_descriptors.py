"""Which descriptors are open, by one call: a jail has no /proc, and each that is tried in vain costs an exception."""

from __future__ import annotations

import resource
import select


def open_descriptors(most: int) -> list[int]:
    """Those below `most`. OSError when the process may have none at all."""
    # The kernel takes as many at once as the process may open now, which may be fewer than it has.
    room = max(1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    found: list[int] = []
    for first in range(0, most, room):
        numbers = range(first, min(first + room, most))
        poll = select.poll()
        for number in numbers:
            poll.register(number, 0)
        closed = {number for number, events in poll.poll(0) if events & select.POLLNVAL}
        found += [number for number in numbers if number not in closed]
    return found
