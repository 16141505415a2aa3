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

    def test_dates(self) -> None:
        found = chart("import datetime as d\nplt.plot([d.date(2024, 1, 1), d.date(2024, 1, 2)], [1, 2])\nNone")
        self.assertEqual(found["axes"]["x"], {"label": None, "scale": "time"})
        self.assertEqual([each["x"] for each in found["series"][0]["points"]], ["2024-01-01", "2024-01-02"])

    def test_several_axes_are_a_grid_and_kinds_together_are_mixed(self) -> None:
        found = chart("f, a = plt.subplots(1, 2)\nf.suptitle('S')\na[0].plot([1])\na[1].bar([1], [2])\na[1].plot([1, 2])\nNone")
        self.assertEqual((found["type"], found["title"], [c["type"] for c in found["charts"]]), ("grid", "S", ["line", "mixed"]))

    def test_what_is_none_of_these_has_no_data(self) -> None:
        self.assertIsNone(chart("plt.imshow([[1, 2]])\nplt.colorbar()\nNone"))
        self.assertIsNone(chart("plt.axhline(1)\nNone"))
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
