"""What all series of charts are made of: label, type, number of points, and those that are kept."""
from __future__ import annotations

from .chart_axis import Reader

MAX_POINTS = 1000


def label_of(artist: object) -> str | None:
    label = artist.get_label()  # type: ignore[attr-defined]
    # Names that matplotlib makes up begin so.
    return None if not label or str(label).startswith("_") else str(label)[:200]


def series(kind: str, label: str | None, points: list, total: int) -> dict:
    return {"type": kind, "label": label, "total": total, "points": points}


def thin(count: int, most: int = MAX_POINTS) -> list[int]:
    """Evenly spread numbers of the points that are kept."""
    if count <= most:
        return list(range(count))
    return [at * (count - 1) // max(1, most - 1) for at in range(most)]


def thin_grid(rows: int, columns: int) -> tuple[list[int], list[int]]:
    """The same for both sides of a table, with no more cells together."""
    side = int(MAX_POINTS**0.5)
    kept_rows = min(rows, max(side, MAX_POINTS // max(1, columns)))
    return thin(rows, kept_rows), thin(columns, min(columns, MAX_POINTS // max(1, kept_rows)))


def places(xs: object, ys: object, readers: tuple[Reader, ...]) -> list[dict]:
    count = min(len(xs), len(ys))  # type: ignore[arg-type]
    return [
        {"x": readers[0].place(xs[at]), "y": readers[1].place(ys[at])}  # type: ignore[index]
        for at in thin(count)
    ]
