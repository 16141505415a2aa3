"""Answers each byte on descriptor 3 by the same byte: what a message to Python and back costs at least."""
import os

while True:
    data = os.read(3, 64)
    if not data:
        break
    os.write(3, data)
