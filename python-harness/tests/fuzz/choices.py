"""Choices read from bytes: one input is one list of bytes, whatever it is made into, so that all inputs mutate alike.

When the bytes are used up every choice is the first one, so that whatever is built from them ends.
"""

from __future__ import annotations

import random

LONGEST = 1024
# What breaks readers of lengths, numbers, text and JSON.
TOKENS = (
    b"\0\0\0\0",
    b"\0\0\0\x04",
    b"\0\0\0\x05",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b'{"$pungi":"int","value":"',
    b'{"$pungi":"dict","value":[[',
    b'"value":',
    b"[[[[[[[[",
    b"]]]]",
    b"\\ud800",
    b"1e999",
    b"NaN",
    b"-0",
    b'"__proto__":',
)


class Choices:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        # Whether what is built holds a part that unfolds to many already.
        self.unfolds = False

    @property
    def spent(self) -> bool:
        return self._at >= len(self._data)

    def below(self, count: int) -> int:
        return self.number(1 if count <= 256 else 4) % count

    def pick(self, options: tuple):  # type: ignore[no-untyped-def,type-arg]
        return options[self.below(len(options))]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def take(self, size: int) -> bytes:
        """The next bytes; fewer when there are no more."""
        piece = self._data[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def some(self, most: int) -> bytes:
        return self.take(self.below(most + 1))

    def rest(self) -> bytes:
        return self.take(len(self._data))

    def text(self, most: int) -> str:
        """With lone surrogates and the ends of the planes among ordinary characters."""
        characters = []
        for _ in range(self.below(most + 1)):
            kind = self.below(8)
            point = self.number(1) if kind < 5 else (0xD800, 0xDFFF, 0xFFFF, 0x10FFFF)[self.below(4)]
            characters.append(chr(point))
        return "".join(characters)


def fresh(rng: random.Random) -> bytes:
    return rng.randbytes(rng.choice((4, 16, 64, 256, 1024)))


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A neighbour of `data`, sometimes with a part of `other`."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(changed) + 1)
        how = rng.randrange(7)
        if how == 0 and changed:
            changed[at % len(changed)] ^= 1 << rng.randrange(8)
        elif how == 1 and changed:
            changed[at % len(changed)] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        elif how == 2:
            changed[at:at] = rng.randbytes(rng.randrange(1, 9))
        elif how == 3:
            del changed[at : at + rng.randrange(1, 17)]
        elif how == 4:
            changed[at:at] = rng.choice(TOKENS)
        elif how == 5 and other:
            start = rng.randrange(len(other))
            changed[at:at] = other[start : start + rng.randrange(1, 64)]
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 64)]
    return bytes(changed[:LONGEST])
