"""A plotly figure as the JSON that plotly.js draws."""
from __future__ import annotations

from ..wire_json import loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .mime_bundle import MimeBundle

MIME = "application/vnd.plotly.v1+json"


def add_forms(figure: object, bundle: MimeBundle) -> None:
    text = figure.to_json()  # type: ignore[attr-defined]
    if len(text) > bundle.max_bytes:
        allowed = f"the {bundle.max_bytes:,} that maxDisplayKb allows"
        bundle.note(f"{MIME} left out: {len(text):,} bytes, more than {allowed}")
    else:
        bundle.add(MIME, loads(text))
    bundle.add("text/plain", f"<plotly {type(figure).__name__}>")
