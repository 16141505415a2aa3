"""matplotlib, pandas and Pillow, the real ones; the charts of figures as data."""
from __future__ import annotations

import unittest
from binascii import a2b_base64

from .display_run import missing, show

# Libraries of a distribution warn of each other, and the suite makes errors of warnings.
QUIET = "import warnings\nwarnings.simplefilter('ignore')\n"
PLT = "import matplotlib.pyplot as plt\n"
LINEAR = {"label": None, "scale": "linear"}


def chart(code: str) -> dict:
    shown = show(QUIET + PLT + code)
    if len(shown.displays) != 1:
        raise AssertionError(f"{len(shown.displays)} displays: {shown.left.error} {shown.notes}")
    return shown.displays[0]["chart"]


def charts(codes: list[str], projection: str = "rectilinear") -> list[dict]:
    """Each in axes of its own, all in one figure: to draw is what takes the time."""
    places = f"figure = plt.figure()\nplaces = [figure.add_subplot(5, 5, at + 1, projection={projection!r}) for at in range({len(codes)})]\n"
    drawn = "\n".join(f"ax = places[{at}]\nplt.sca(ax)\n{code}" for at, code in enumerate(codes))
    found = chart(f"{places}{drawn}\nNone")
    return found["charts"]


@unittest.skipIf(missing("matplotlib"), missing("matplotlib"))
class Figures(unittest.TestCase):
    def test_a_figure_left_open_is_shown_at_the_end(self) -> None:
        shown = show(PLT + "plt.plot([1, 2])\nNone")
        self.assertEqual([sorted(each["data"]) for each in shown.displays], [["image/png", "text/plain"]])
        self.assertEqual(a2b_base64(shown.displays[0]["data"]["image/png"])[:8], b"\x89PNG\r\n\x1a\n")

    def test_show_displays_and_begins_anew(self) -> None:
        shown = show(PLT + "plt.plot([1, 2])\nplt.show()\nplt.bar(['a'], [1])\nplt.show()\nNone")
        self.assertEqual([each["chart"]["type"] for each in shown.displays], ["line", "bar"])

    # code, number of displays
    COUNTS = [
        ("plt.figure()\nNone", 0),
        ("plt.plot([1])\nplt.close()\nNone", 0),
        ("fig, ax = plt.subplots()\nax.plot([1])\nfig", 1),
        ("fig, ax = plt.subplots()\nax.plot([1])\ndisplay(fig)", 1),
        ("fig, ax = plt.subplots()\nax.plot([1])\nfig.show()", 1),
        ("plt.plot([1])\nplt.show(block=False)\nplt.title('t')\nNone", 1),
        ("plt.plot([1])\nplt.figure()\nplt.plot([2])\nplt.show()", 2),
        ("import matplotlib\nmatplotlib.use('Agg')\nplt.plot([1])\nplt.show()", 1),
        ("plt.plot([1])\n1/0", 1),
        ("plt.plot([1])\nraise SystemExit", 1),
        ("plt.plot([1])\nplt.savefig('a.png')\nplt.show()", 1),
        ("from matplotlib.figure import Figure\nfig = Figure()\nfig.add_subplot().plot([1])\nfig", 1),
    ]

    def test_count(self) -> None:
        for code, count in self.COUNTS:
            with self.subTest(code=code):
                shown = show(PLT + code)
                self.assertEqual((len(shown.displays), shown.left.err.count("Warning")), (count, 0))

    def test_a_huge_figure_is_drawn_smaller(self) -> None:
        shown = show(PLT + "plt.figure(figsize=(100, 100))\nplt.plot([1])\nNone")
        self.assertEqual(shown.notes, ["displays[0]: drawn at 40 dots per inch: at 100 it has more than 16,000,000 pixels"])
        self.assertIn("image/png", shown.displays[0]["data"])

    def test_a_figure_that_cannot_be_drawn_leaves_a_note(self) -> None:
        shown = show(PLT + "plt.plot([1])\nplt.gca().draw = lambda renderer: 1 / 0\nNone")
        self.assertEqual((shown.left.ending, [list(each["data"]) for each in shown.displays]), ("ok", [["text/plain"]]))
        self.assertRegex(shown.notes[0], r"^displays\[0\]: showing matplotlib.figure.Figure raised ZeroDivisionError")


@unittest.skipIf(missing("matplotlib"), missing("matplotlib"))
class Charts(unittest.TestCase):
    def test_line(self) -> None:
        self.assertEqual(
            chart("plt.plot([1, 2], [3, float('nan')], label='a')\nplt.title('T')\nplt.xlabel('x')\nplt.yscale('log')\nNone"),
            {
                "type": "line",
                "title": "T",
                "axes": {"x": {"label": "x", "scale": "linear"}, "y": {"label": None, "scale": "log"}},
                "series": [{"type": "line", "label": "a", "total": 2, "points": [{"x": 1.0, "y": 3.0}, {"x": 2.0, "y": None}]}],
            },
        )

    def test_scatter(self) -> None:
        for code in ("plt.scatter([1], [2], label='s')\nNone", "plt.plot([1], [2], 'o', label='s')\nNone"):
            with self.subTest(code=code):
                series = chart(code)["series"]
                self.assertEqual(series, [{"type": "scatter", "label": "s", "total": 1, "points": [{"x": 1.0, "y": 2.0}]}])

    def test_bar(self) -> None:
        points = [{"label": "a", "value": 3}, {"label": "b", "value": 4}]
        for code, orientation in (("bar", "vertical"), ("barh", "horizontal")):
            with self.subTest(code=code):
                found = chart(f"plt.{code}(['a', 'b'], [3, 4])\nNone")
                wanted = {"type": "bar", "label": None, "total": 2, "points": points, "orientation": orientation}
                self.assertEqual((found["type"], found["series"]), ("bar", [wanted]))

    def test_bars_side_by_side_have_the_label_between_them(self) -> None:
        code = "import numpy as np\nx = np.arange(2)\nplt.bar(x - .2, [1, 2], .4, label='m')\nplt.bar(x + .2, [3, 4], .4, label='f')\nplt.xticks(x, ['a', 'b'])\nNone"
        self.assertEqual([[p["label"] for p in s["points"]] for s in chart(code)["series"]], [["a", "b"], ["a", "b"]])

    def test_histogram(self) -> None:
        found = chart("plt.hist([1, 2, 2, 4], bins=[1, 2, 4], label='h')\nNone")
        points = [{"from": 1, "to": 2, "count": 1.0}, {"from": 2, "to": 4, "count": 3.0}]
        self.assertEqual(found["series"], [{"type": "histogram", "label": "h", "total": 2, "points": points}])
        self.assertEqual([s["label"] for s in chart("plt.hist([[1, 2], [2]], bins=2, label=['p', 'q'])\nNone")["series"]], ["p", "q"])
        self.assertEqual(chart("plt.hist([1, 2], bins=2, histtype='step')\nNone")["type"], "histogram")

    def test_box(self) -> None:
        found = chart("plt.boxplot([[1, 2, 3, 4, 20]], labels=['b'])\nNone")
        box = {"label": "b", "low": 1, "q1": 2.0, "median": 3.0, "q3": 4.0, "high": 4, "outliers": [20]}
        self.assertEqual(found["series"], [{"type": "box", "label": None, "total": 1, "points": [box]}])

    def test_pie(self) -> None:
        found = chart("plt.pie([1, 3], labels=['p', 'q'])\nNone")
        points = [{"label": "p", "value": 1.0, "share": 0.25}, {"label": "q", "value": 3.0, "share": 0.75}]
        self.assertEqual((found["type"], found["series"][0]["points"]), ("pie", points))

    # code, the only series: type, label, what is its own, number of points, points
    SERIES = [
        ("plt.step([1, 2], [3, 4], where='mid', label='s')", "step", "s", {"where": "mid"}, 2, [{"x": 1.0, "y": 3.0}, {"x": 2.0, "y": 4.0}]),
        ("plt.plot([1], [3], drawstyle='steps')", "step", None, {"where": "pre"}, 1, [{"x": 1.0, "y": 3.0}]),
        ("plt.stem([1, 2], [3, 4], label='s')", "stem", "s", {}, 2, [{"x": 1.0, "y": 3.0}, {"x": 2.0, "y": 4.0}]),
        ("plt.stairs([5, 6], [0, 1, 3])", "histogram", None, {}, 2, [{"from": 0, "to": 1, "count": 5}, {"from": 1, "to": 3, "count": 6}]),
        (
            "plt.errorbar([1], [3], yerr=[[1], [2]], xerr=.5, label='e', capsize=3)",
            *("errorbar", "e", {}, 1),
            [{"x": 1.0, "y": 3.0, "xLow": 0.5, "xHigh": 1.5, "yLow": 2.0, "yHigh": 5.0}],
        ),
        (
            "plt.errorbar([1], [3], yerr=[[1], [2]], fmt='none')",
            *("errorbar", None, {}, 1),
            [{"x": 1.0, "y": None, "xLow": None, "xHigh": None, "yLow": 2.0, "yHigh": 5.0}],
        ),
        ("plt.fill_between([1, 2], [3, 4], [1, 5], label='f')", "area", "f", {"orientation": "vertical"}, 2, [{"at": 1.0, "low": 1.0, "high": 3.0}, {"at": 2.0, "low": 4.0, "high": 5.0}]),
        ("plt.fill_betweenx([1, 2], [3, 4])", "area", None, {"orientation": "horizontal"}, 2, [{"at": 1.0, "low": 0.0, "high": 3.0}, {"at": 2.0, "low": 0.0, "high": 4.0}]),
        ("plt.fill_between([1, 2, 3, 4], [1, 2, 3, 4], where=[0, 1, 1, 0])", "area", None, {"orientation": "vertical"}, 2, [{"at": 2.0, "low": 0.0, "high": 2.0}, {"at": 3.0, "low": 0.0, "high": 3.0}]),
        ("plt.fill([0, 1, 1], [0, 0, 1])", "polygon", None, {}, 4, [{"x": 0.0, "y": 0.0}, {"x": 1.0, "y": 0.0}, {"x": 1.0, "y": 1.0}, {"x": 0.0, "y": 0.0}]),
        (
            "plt.imshow([[1, 2], [3, float('nan')]])\nplt.xticks([0, 1], ['a', 'b'])\nplt.colorbar()",
            *("heatmap", None, {"rows": 2, "columns": 2}, 4),
            [{"x": "a", "y": 0.0, "value": 1.0}, {"x": "b", "y": 0.0, "value": 2.0}, {"x": "a", "y": 1.0, "value": 3.0}, {"x": "b", "y": 1.0, "value": None}],
        ),
        ("plt.imshow([[1], [2]], origin='lower', extent=(0, 2, 10, 30))", "heatmap", None, {"rows": 2, "columns": 1}, 2, [{"x": 1.0, "y": 15.0, "value": 1.0}, {"x": 1.0, "y": 25.0, "value": 2.0}]),
        ("plt.pcolormesh([0, 2, 4], [0, 1], [[7, 8]])", "heatmap", None, {"rows": 1, "columns": 2}, 2, [{"x": 1.0, "y": 0.5, "value": 7.0}, {"x": 3.0, "y": 0.5, "value": 8.0}]),
        ("plt.pcolormesh([[1, 2], [3, 4]], shading='gouraud')", "heatmap", None, {"rows": 2, "columns": 2}, 4, [{"x": 0.0, "y": 0.0, "value": 1.0}, {"x": 1.0, "y": 0.0, "value": 2.0}, {"x": 0.0, "y": 1.0, "value": 3.0}, {"x": 1.0, "y": 1.0, "value": 4.0}]),
        ("plt.pcolor([[7, 8]])", "heatmap", None, {}, 2, [{"x": 0.5, "y": 0.5, "value": 7.0}, {"x": 1.5, "y": 0.5, "value": 8.0}]),
        ("plt.imshow([[[0, 0, 0], [1, 1, 1]]])", "image", None, {"rows": 1, "columns": 2}, 2, []),
        ("plt.contour([[1, 2], [3, 4]], levels=[1.5, 2.5])", "contour", None, {"filled": False}, 2, [{"level": 1.5}, {"level": 2.5}]),
        ("plt.tricontourf([0, 1, 0], [0, 0, 1], [1, 2, 3], levels=[1, 2])", "contour", None, {"filled": True}, 2, [{"level": 1.0}, {"level": 2.0}]),
        ("plt.violinplot([[1, 2, 3, 6]])", "violin", None, {}, 1, [{"label": "1", "low": 1, "mean": 3.0, "median": 2.5, "high": 6}]),
    ]

    def test_kinds(self) -> None:
        drawn = charts([code for code, *_ in self.SERIES])
        self.assertEqual(len(drawn), len(self.SERIES))
        for found, (code, kind, label, own, total, points) in zip(drawn, self.SERIES):
            with self.subTest(code=code):
                wanted = {"type": kind, "label": label, "total": total, "points": points, **own}
                self.assertEqual((found["type"], found["series"]), (kind, [wanted]))

    def test_hexagons(self) -> None:
        (series,) = chart("plt.hexbin([1, 2, 3], [1, 2, 3], gridsize=2)\nNone")["series"]
        self.assertEqual((series["type"], series["total"], sum(p["value"] for p in series["points"])), ("hexbin", 8, 3.0))

    def test_error_bars_of_bars_stand_on_them(self) -> None:
        for code, place in (("bar", {"x": "b", "y": 4}), ("barh", {"x": 4, "y": "b"})):
            with self.subTest(code=code):
                found = chart(f"plt.{code}(['a', 'b'], [3, 4], {'xerr' if code == 'barh' else 'yerr'}=1)\nNone")
                self.assertEqual([s["type"] for s in found["series"]], ["errorbar", "bar"])
                point = found["series"][0]["points"][1]
                self.assertEqual({name: point[name] for name in "xy"}, place)
                self.assertEqual([point[name] for name in (("xLow", "xHigh") if code == "barh" else ("yLow", "yHigh"))], [3.0, 5.0])

    def test_stacked_areas(self) -> None:
        series = chart("plt.stackplot([1, 2], [[1, 2], [3, 4]], labels=['a', 'b'])\nNone")["series"]
        self.assertEqual([(s["type"], s["label"], s["points"][1]["high"]) for s in series], [("area", "a", 2.0), ("area", "b", 6.0)])

    # code, series in space: type, number of points, the first
    SPACE = [
        ("ax.plot([1, 2], [3, 4], [5, 6])", "line3d", 2, {"x": 1, "y": 3, "z": 5.0}),
        ("ax.plot([1], [3], [5], 'o')", "scatter3d", 1, {"x": 1, "y": 3, "z": 5.0}),
        ("ax.scatter([1, 2], [3, 4], [5, 6])", "scatter3d", 2, {"x": 1.0, "y": 3.0, "z": 5}),
        ("ax.plot_surface(X, Y, X + Y)", "faces3d", 4, None),
        ("ax.bar3d([0], [0], [0], 1, 1, 2)", "faces3d", 6, None),
        ("ax.plot_wireframe(X, Y, X + Y)", "lines3d", 6, None),
        ("ax.contour(X, Y, X + Y, levels=[1, 2])", "contour", 2, {"level": 1.0}),
    ]

    def test_space(self) -> None:
        before = "import numpy as np\nX, Y = np.meshgrid([0, 1, 2], [0, 1, 2])\nax.set_zlabel('z')\n"
        drawn = charts([before + code for code, *_ in self.SPACE], "3d")
        self.assertEqual(len(drawn), len(self.SPACE))
        for found, (code, kind, total, first) in zip(drawn, self.SPACE):
            with self.subTest(code=code):
                self.assertEqual((found["type"], found["axes"]), ("3d", {"x": LINEAR, "y": LINEAR, "z": {"label": "z", "scale": "linear"}}))
                (series,) = found["series"]
                self.assertEqual((series["type"], series["total"], next(iter(series["points"]), None)), (kind, total, first))

    def test_many_cells_are_thinned_along_both_sides(self) -> None:
        (series,) = chart("plt.imshow([[column + 1000 * row for column in range(500)] for row in range(300)])\nNone")["series"]
        self.assertEqual((series["total"], series["rows"], series["columns"], len(series["points"])), (150_000, 300, 500, 992))
        self.assertEqual([series["points"][at] for at in (0, -1)], [{"x": 0.0, "y": 0.0, "value": 0.0}, {"x": 499.0, "y": 299.0, "value": 299_499.0}])

    def test_dates(self) -> None:
        found = chart("import datetime as d\nplt.plot([d.date(2024, 1, 1), d.date(2024, 1, 2)], [1, 2])\nNone")
        self.assertEqual(found["axes"]["x"], {"label": None, "scale": "time"})
        self.assertEqual([each["x"] for each in found["series"][0]["points"]], ["2024-01-01", "2024-01-02"])

    def test_several_axes_are_a_grid_and_kinds_together_are_mixed(self) -> None:
        found = chart("f, a = plt.subplots(1, 2)\nf.suptitle('S')\na[0].plot([1])\na[1].bar([1], [2])\na[1].plot([1, 2])\nNone")
        self.assertEqual((found["type"], found["title"], [c["type"] for c in found["charts"]]), ("grid", "S", ["line", "mixed"]))

    def test_what_is_none_of_these_has_no_data(self) -> None:
        self.assertIsNone(chart("plt.axhline(1)\nplt.axvspan(1, 2)\nNone"))
        self.assertIsNone(chart("plt.figure().add_subplot(projection='3d')\nNone"))
        self.assertEqual(chart("plt.hist([1])\nplt.cla()\nplt.plot([1, 2])\nNone")["type"], "line")

    def test_many_points_are_thinned_evenly(self) -> None:
        series = chart("plt.plot(range(100_001))\nNone")["series"][0]
        self.assertEqual((series["total"], len(series["points"]), series["points"][-1]), (100_001, 1000, {"x": 100_000.0, "y": 100_000}))


@unittest.skipIf(missing("pandas"), missing("pandas"))
class Frames(unittest.TestCase):
    # code of the frame, records, columns
    FRAMES = [
        ("{'a': [1, 2], 'b': ['x', None]}", [{"a": 1, "b": "x"}, {"a": 2, "b": None}], ["a", "b"]),
        ("{'a': [1.5, float('nan')]}", [{"a": 1.5}, {"a": None}], ["a"]),
        ("{'a': [1]}, index=['r']", [{"index": "r", "a": 1}], ["a"]),
        ("{'t': pd.to_datetime(['2024-01-01'])}", [{"t": "2024-01-01T00:00:00"}], ["t"]),
        ("[[1, 2]], columns=['a', 'a']", [{"a": 1, "a.1": 2}], ["a", "a"]),
        ("[[1]], columns=pd.MultiIndex.from_tuples([('a', 'b')])", [{"a, b": 1}], ["a, b"]),
        ("{'a': [1]}, index=pd.MultiIndex.from_tuples([('p', 2)], names=['i', None])", [{"i": "p", "level_1": 2, "a": 1}], ["a"]),
        ("", [], []),
    ]

    def test_records(self) -> None:
        for code, records, columns in self.FRAMES:
            with self.subTest(code=code):
                (display,) = show(f"import pandas as pd\npd.DataFrame({code})").displays
                self.assertEqual((display["data"]["application/json"], display["metadata"]["application/json"]["columns"]), (records, columns))
                self.assertTrue(display["data"]["text/html"].startswith("<div>"))

    def test_many_rows_are_capped_and_the_shape_is_true(self) -> None:
        (display,) = show("import pandas as pd\npd.DataFrame({'a': range(5000)})").displays
        self.assertEqual(len(display["data"]["application/json"]), 200)
        self.assertEqual(display["metadata"]["application/json"], {"shape": [5000, 1], "records": 200, "columns": ["a"]})

    @unittest.skipIf(missing("matplotlib"), missing("matplotlib"))
    def test_plots_of_pandas(self) -> None:
        code = "import pandas as pd\npd.DataFrame({'n': [1, 2]}, index=['a', 'b']).plot.bar()\nNone"
        self.assertEqual(chart(code)["series"][0]["points"], [{"label": "a", "value": 1}, {"label": "b", "value": 2}])
        self.assertEqual(chart("import pandas as pd\npd.DataFrame({'n': [1, 2, 9]}).plot.box()\nNone")["series"][0]["points"][0]["label"], "n")


@unittest.skipIf(missing("PIL"), missing("PIL"))
class Pictures(unittest.TestCase):
    def test_a_picture_of_pillow(self) -> None:
        shown = show("from PIL import Image\nImage.new('RGB', (3, 2))")
        self.assertEqual([sorted(each["data"]) for each in shown.displays], [["image/png", "text/plain"]])


@unittest.skipIf(missing("plotly"), missing("plotly"))
class Plotly(unittest.TestCase):
    def test_a_figure_is_its_json(self) -> None:
        (display,) = show(QUIET + "import plotly.graph_objects as go\ngo.Figure(go.Bar(x=['a'], y=[2]))").displays
        data = display["data"]["application/vnd.plotly.v1+json"]["data"]
        self.assertEqual([(trace["type"], trace["x"], trace["y"]) for trace in data], [("bar", ["a"], [2])])


@unittest.skipIf(missing("altair"), missing("altair"))
class Altair(unittest.TestCase):
    def test_a_chart_is_its_json(self) -> None:
        code = "import altair as alt, pandas as pd\nalt.Chart(pd.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')"
        (display,) = show(QUIET + code).displays
        (name,) = [mime for mime in display["data"] if mime.startswith("application/vnd.vegalite.")]
        mark = display["data"][name]["mark"]
        self.assertEqual(mark if isinstance(mark, str) else mark["type"], "bar")
