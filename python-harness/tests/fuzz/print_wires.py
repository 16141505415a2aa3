"""What becomes of the kept objects on the wire, a line each: for Node, which is to take every one of them."""

from __future__ import annotations

from pungi_harness import values

from .campaign import corpus_of
from .choices import Choices
from .objects import build, build_plain
from .values_targets import ROOMS


def main() -> None:
    for target, make in (("out", _build_out), ("there-and-back", build_plain)):
        for data in corpus_of(target):
            encoded = values.encode(make(Choices(data)), 1 << 20)
            if encoded.text is not None:
                print(encoded.text)


def _build_out(choices: Choices) -> object:
    """The object that the target made of the same bytes: it chose a room first."""
    choices.pick(ROOMS)
    return build(choices)


if __name__ == "__main__":
    main()
