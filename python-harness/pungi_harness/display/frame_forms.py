"""A pandas DataFrame: HTML as pandas makes it, and its rows as JSON records, capped, with the true shape."""
from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .mime_bundle import MimeBundle

MAX_RECORDS = 200
MAX_COLUMNS = 200


def add_forms(frame: object, bundle: MimeBundle) -> None:
    rows, columns = frame.shape  # type: ignore[attr-defined]
    bundle.add("text/html", frame._repr_html_())  # type: ignore[attr-defined]
    head = frame.iloc[:MAX_RECORDS, :MAX_COLUMNS]  # type: ignore[attr-defined]
    bundle.add("application/json", _records(head))
    shown = {"shape": [rows, columns], "records": len(head), "columns": [_name(each) for each in head.columns]}
    bundle.add_metadata({"application/json": shown})


def _records(head: object) -> list[dict[str, object]]:
    """With the index as a column where it says more than a number of the row."""
    names = [_name(each) for each in head.columns]  # type: ignore[attr-defined]
    columns = [head.iloc[:, at].tolist() for at in range(len(names))]  # type: ignore[attr-defined]
    index = head.index  # type: ignore[attr-defined]
    if not isinstance(index, sys.modules["pandas"].RangeIndex):
        labels = index.names if index.nlevels > 1 else [index.name]
        levels = [index.get_level_values(at).tolist() for at in range(index.nlevels)]
        titles = [_name(label) if label is not None else _unnamed(at, index.nlevels) for at, label in enumerate(labels)]
        names, columns = titles + names, levels + columns
    if not columns:
        return [{} for _ in range(len(head))]  # type: ignore[arg-type]
    names = _distinct(names)
    return [dict(zip(names, row)) for row in zip(*columns)]


def _unnamed(at: int, levels: int) -> str:
    return "index" if levels == 1 else f"level_{at}"


def _name(label: object) -> str:
    """As text; the levels of a column of several are joined."""
    if isinstance(label, tuple):
        return ", ".join(str(part) for part in label if str(part))
    return str(label)


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}.{seen[name] - 1}")
    return distinct
