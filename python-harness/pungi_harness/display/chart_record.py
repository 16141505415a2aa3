"""Keeps what matplotlib was given for charts that cannot be read back from what it drew: histograms, boxes, pies."""
from __future__ import annotations

PLACE = "_pungi_drawn"


def hook(axes_class: object) -> None:
    """Wrap the three methods of `Axes` through which all of pyplot, pandas and seaborn go."""
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
    wrap("pie", _pie)


def recorded(axes: object) -> list[dict]:
    return vars(axes).get(PLACE, [])


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


def _boxes(drawn: dict, arguments: tuple, named: dict) -> dict:
    statistics = arguments[0] if arguments else named["bxpstats"]
    names = ("whislo", "q1", "med", "q3", "whishi", "label", "fliers")
    places = arguments[1] if len(arguments) > 1 else named.get("positions")
    flat = named.get("vert") is False or named.get("orientation") == "horizontal"
    return {
        "type": "box",
        "boxes": [{name: each.get(name) for name in names} for each in statistics],
        "places": list(range(1, len(statistics) + 1) if places is None else places),
        "flat": flat,
        "parts": [artist for artists in drawn.values() for artist in artists],
    }


def _pie(drawn: tuple, arguments: tuple, named: dict) -> dict:
    shares = arguments[0] if arguments else named.get("x")
    # With `data=` it is only a name there; the wedges say the shares.
    given = None if isinstance(shares, str) else [float(each) for each in shares]  # type: ignore[union-attr]
    wedges = list(drawn[0])
    values = given if given and len(given) == len(wedges) else None
    return {"type": "pie", "values": values, "wedges": wedges, "parts": wedges}
