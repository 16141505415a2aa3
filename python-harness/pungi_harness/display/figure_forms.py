"""A matplotlib figure: a PNG, and its charts as data."""
from __future__ import annotations

import sys

import _io

from .. import values
from . import chart_data
from .plain_json import plain_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .mime_bundle import MimeBundle

# A picture with more pixels than this is drawn smaller.
MAX_PIXELS = 16_000_000


def add_forms(figure: object, bundle: MimeBundle) -> None:
    bundle.add("text/plain", values.short_repr(figure, 200))
    width, height = figure.get_size_inches()  # type: ignore[attr-defined]
    dpi = wanted = float(figure.dpi)  # type: ignore[attr-defined]
    pixels = width * height * dpi * dpi
    if pixels > MAX_PIXELS:
        dpi *= (MAX_PIXELS / pixels) ** 0.5
        bundle.note(f"drawn at {dpi:.0f} dots per inch: at {wanted:g} it has more than {MAX_PIXELS:,} pixels")
    picture = _io.BytesIO()
    figure.savefig(picture, format="png", dpi=dpi, bbox_inches="tight")  # type: ignore[attr-defined]
    bundle.add("image/png", picture.getvalue())
    try:
        chart = chart_data.chart_of(figure)
        if chart is not None:
            bundle.chart, problem = plain_json(chart, bundle.max_bytes)
            if problem:
                bundle.note(f"the chart's data left out: {problem}")
    except BaseException as error:  # noqa: BLE001 - the picture is there; artists may be anything
        bundle.note(f"reading the chart's data raised {values.short_repr(error, 200)}")


def rehearse() -> None:
    """For a zygote that preloads pyplot: find fonts and load what drawing loads late, once for all workers."""
    figure = sys.modules["matplotlib.figure"].Figure()
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], label="a")
    axes.set_title("a")
    axes.legend()
    figure.savefig(_io.BytesIO(), format="png", bbox_inches="tight")
    chart_data.chart_of(figure)
