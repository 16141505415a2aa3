"""Decodes each line of wire text and encodes it again. Answers one line for each: the wire text, or null."""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "python-harness"))

from pungi_harness import values  # noqa: E402

if __name__ == "__main__":
    for line in sys.stdin.buffer:
        encoded = values.encode(values.decode(line.decode("utf-8")), 1 << 30)
        sys.stdout.write((encoded.text or "null") + "\n")
