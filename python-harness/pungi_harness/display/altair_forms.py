"""An altair chart as the Vega-Lite JSON that its front end draws; its own HTML would load scripts from the network."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .mime_bundle import MimeBundle


def add_forms(chart: object, bundle: MimeBundle) -> None:
    data = chart.to_dict()  # type: ignore[attr-defined]
    # ".../vega-lite/v5.20.1.json"
    version = str(data.get("$schema", "")).rpartition("/v")[2].partition(".")[0]
    major = version if version.isdigit() else "5"
    bundle.add(f"application/vnd.vegalite.v{major}+json", data)
    bundle.add("text/plain", f"<altair {type(chart).__name__}>")
