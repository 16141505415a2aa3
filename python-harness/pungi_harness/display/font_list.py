"""matplotlib's list of fonts: made once for a machine, by a run of our own, and handed to the runs that need it.

Without it each run that imports matplotlib reads all fonts of the machine anew.
"""
from __future__ import annotations

import os

NAME = "fontlist-v"


def place(text: str | None) -> None:
    """Before matplotlib looks for it, where it looks: its own directory in the workdir."""
    directory = os.environ.get("MPLCONFIGDIR")
    if not text or not directory:
        return
    name, _, content = text.partition("\n")
    if not name.startswith(NAME) or "/" in name:
        return
    try:
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name), "x", encoding="utf-8") as file:
            file.write(content)
    except OSError:
        # No room, or there already: matplotlib makes its own.
        return


def read() -> str:
    """What `place` takes, once matplotlib has made it."""
    directory = os.environ["MPLCONFIGDIR"]
    for name in sorted(os.listdir(directory)):
        if name.startswith(NAME):
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                return name + "\n" + file.read()
    raise FileNotFoundError(f"no {NAME} in {directory}")
