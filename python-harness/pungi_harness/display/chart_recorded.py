"""Series of what was kept when it was drawn (chart_record.py)."""
from __future__ import annotations

from itertools import accumulate

from .chart_axis import Reader, cell
from .chart_cells import cells
from .chart_points import MAX_POINTS, label_of, places, series, thin

Readers = tuple


def recorded_series(record: dict, readers: tuple[Reader, ...]) -> list[dict]:
    return _KINDS[record["type"]](record, readers)


def _histograms(record: dict, readers: Readers) -> list[dict]:
    edges = [cell(edge) for edge in record["edges"]]
    found = []
    for counts, artists in zip(record["counts"], record["artists"]):
        kept = thin(len(counts))
        bins = [{"from": edges[at], "to": edges[at + 1], "count": cell(counts[at])} for at in kept]
        found.append(series("histogram", next(filter(None, map(label_of, artists)), None), bins, len(counts)))
    return found


def _boxes(record: dict, readers: Readers) -> list[dict]:
    points = []
    for box, label in _labelled(record, readers):
        low, first, median, third, high = (cell(box.get(name)) for name in ("whislo", "q1", "med", "q3", "whishi"))
        fliers = [] if box.get("fliers") is None else [cell(value) for value in list(box["fliers"])[:MAX_POINTS]]
        points.append(
            {"label": label, "low": low, "q1": first, "median": median, "q3": third, "high": high, "outliers": fliers}
        )
    return [series("box", None, points, len(record["statistics"]))]


def _violins(record: dict, readers: Readers) -> list[dict]:
    points = []
    for violin, label in _labelled(record, readers):
        low, mean, median, high = (cell(violin.get(name)) for name in ("min", "mean", "median", "max"))
        points.append({"label": label, "low": low, "mean": mean, "median": median, "high": high})
    return [series("violin", None, points, len(record["statistics"]))]


def _labelled(record: dict, readers: Readers) -> list[tuple[dict, str]]:
    reader = readers[record["flat"]]
    found = []
    for each, place in list(zip(record["statistics"], record["places"]))[:MAX_POINTS]:
        label = each.get("label")
        found.append((each, str(reader.place(place) if label is None else label)[:200]))
    return found


def _pies(record: dict, readers: Readers) -> list[dict]:
    points = []
    for at in thin(len(record["wedges"])):
        wedge = record["wedges"][at]
        share = (float(wedge.theta2) - float(wedge.theta1)) / 360
        value = record["values"][at] if record["values"] else share
        points.append({"label": label_of(wedge), "value": value, "share": round(share, 6)})
    return [series("pie", None, points, len(record["wedges"]))]


def _areas(record: dict, readers: Readers) -> list[dict]:
    (collection,) = record["parts"]
    # Which of a vertex's numbers is the place along the edges.
    main = int(record["orientation"] == "horizontal")
    along, across = readers[main], readers[1 - main]
    paths = [path.vertices for path in collection.get_paths()]
    # A corner, one edge, a corner, the other edge backwards, and the first corner again.
    counts = [(len(vertices) - 3) // 2 for vertices in paths]
    ends = list(accumulate(counts))
    total = sum(counts)
    points = []
    for number in thin(total):
        which = next(at for at, end in enumerate(ends) if number < end)
        at = number - ends[which] + counts[which]
        one, other = paths[which][1 + at], paths[which][2 * counts[which] + 1 - at]
        low, high = sorted((one[1 - main], other[1 - main]))
        points.append({"at": along.place(one[main]), "low": across.place(low), "high": across.place(high)})
    return [{**series("area", label_of(collection), points, total), "orientation": record["orientation"]}]


def _polygons(record: dict, readers: Readers) -> list[dict]:
    found = []
    for polygon in record["parts"]:
        corners = polygon.get_xy()
        found.append(series("polygon", label_of(polygon), places(corners[:, 0], corners[:, 1], readers), len(corners)))
    return found


def _contours(record: dict, readers: Readers) -> list[dict]:
    levels = record["levels"]
    points = [{"level": cell(levels[at])} for at in thin(len(levels))]
    return [{**series("contour", None, points, len(levels)), "filled": record["filled"]}]


def _cells(record: dict, readers: Readers) -> list[dict]:
    return [cells(record["type"], collection, readers) for collection in record["parts"]]


_KINDS = {
    "histogram": _histograms,
    "box": _boxes,
    "violin": _violins,
    "pie": _pies,
    "area": _areas,
    "polygon": _polygons,
    "contour": _contours,
    "heatmap": _cells,
    "hexbin": _cells,
}
