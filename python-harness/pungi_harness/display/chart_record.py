"""Keeps what matplotlib was asked for, where that cannot be read back from what it drew: histograms, boxes, areas."""
from __future__ import annotations

PLACE = "_pungi_drawn"


def hook(axes_class: object) -> None:
    """Wrap the methods of `Axes` through which all of pyplot, pandas and seaborn go."""
    import functools

    def wrap(name: str, keep: object) -> None:
        real = getattr(axes_class, name)

        @functools.wraps(real)
        def method(self: object, *arguments: object, **named: object) -> object:
            drawn = real(self, *arguments, **named)
            try:
                vars(self).setdefault(PLACE, []).append(keep(drawn, arguments, named))  # type: ignore[operator]
            except BaseException:  # noqa: BLE001 - a chart without data is still a chart
                pass
            return drawn

        setattr(axes_class, name, method)

    wrap("hist", _histogram)
    wrap("bxp", _boxes)
    wrap("violin", _violins)
    wrap("pie", _pie)
    wrap("fill_between", _area("vertical"))
    wrap("fill_betweenx", _area("horizontal"))
    wrap("fill", lambda drawn, arguments, named: {"type": "polygon", "parts": drawn})
    for name in ("contour", "contourf", "tricontour", "tricontourf"):
        wrap(name, _contour)
    wrap("pcolor", _cells("heatmap"))
    wrap("hexbin", _cells("hexbin"))


def recorded(axes: object) -> list[dict]:
    """What is still there, in the order in which it was drawn; what one method drew by another, once."""
    present = set(map(id, axes.get_children()))  # type: ignore[attr-defined]
    taken: set[int] = set()
    found = []
    for record in reversed(vars(axes).get(PLACE, [])):
        parts = set(map(id, record["parts"]))
        # What was cleared away since, by `cla` or `remove`, is no part of the chart.
        if not present.isdisjoint(parts) and not parts <= taken:
            found.append(record)
        taken |= parts
    return found[::-1]


def _histogram(drawn: tuple, arguments: tuple, named: dict) -> dict:
    counts, edges, patches = drawn
    # One list of counts, or one for each of several data sets.
    several = len(counts) > 0 and hasattr(counts[0], "__len__")
    groups = list(patches) if several else [patches]
    # The label is that of the group, or of the first in it.
    artists = [[group, *_parts(group)[:1]] for group in groups]
    return {
        "type": "histogram",
        "counts": [list(each) for each in counts] if several else [list(counts)],
        "edges": list(edges),
        "artists": [[artist for artist in each if hasattr(artist, "get_label")] for each in artists],
        "parts": [part for group in groups for part in _parts(group)],
    }


def _parts(group: object) -> list:
    try:
        return list(group)  # type: ignore[call-overload]
    except TypeError:
        return [group]


def _summaries(kind: str, statistics: list, arguments: tuple, named: dict, parts: list) -> dict:
    places = arguments[1] if len(arguments) > 1 else named.get("positions")
    return {
        "type": kind,
        "statistics": [dict(each) for each in statistics],
        "places": list(range(1, len(statistics) + 1) if places is None else places),
        "flat": named.get("vert") is False or named.get("orientation") == "horizontal",
        "parts": parts,
    }


def _boxes(drawn: dict, arguments: tuple, named: dict) -> dict:
    statistics = arguments[0] if arguments else named["bxpstats"]
    parts = [artist for artists in drawn.values() for artist in artists]
    return _summaries("box", statistics, arguments, named, parts)


def _violins(drawn: dict, arguments: tuple, named: dict) -> dict:
    statistics = arguments[0] if arguments else named["vpstats"]
    # Bodies, and one collection of lines for each of the other names.
    parts = [artist for artists in drawn.values() for artist in _parts(artists)]
    return _summaries("violin", statistics, arguments, named, parts)


def _pie(drawn: tuple, arguments: tuple, named: dict) -> dict:
    shares = arguments[0] if arguments else named.get("x")
    # With `data=` it is only a name there; the wedges say the shares.
    given = None if isinstance(shares, str) else [float(each) for each in shares]  # type: ignore[union-attr]
    wedges = list(drawn[0])
    values = given if given and len(given) == len(wedges) else None
    return {"type": "pie", "values": values, "wedges": wedges, "parts": wedges}


def _area(orientation: str):  # type: ignore[no-untyped-def]
    return lambda drawn, arguments, named: {"type": "area", "orientation": orientation, "parts": [drawn]}


def _contour(drawn: object, arguments: tuple, named: dict) -> dict:
    # Since 3.8 the set is the artist, before that it has one for each level.
    parts = [drawn] if hasattr(drawn, "get_paths") else list(drawn.collections)  # type: ignore[attr-defined]
    return {"type": "contour", "levels": list(drawn.levels), "filled": bool(drawn.filled), "parts": parts}  # type: ignore[attr-defined]


def _cells(kind: str):  # type: ignore[no-untyped-def]
    return lambda drawn, arguments, named: {"type": kind, "parts": [drawn]}
