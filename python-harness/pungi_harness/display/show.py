"""What one run shows: displays, progress and metadata, within the limits of the policy, sent as they come."""
from __future__ import annotations

import sys
import time

from .. import protocol
from .mime_bundle import MimeBundle, bundle_of, raw_bundle
from .outbox import Outbox
from .run_metadata import RunMetadata
from ..wire_json import dumps

MAX_NOTES = 20
MAX_TEXT = 500
# Progress: so many at once, later ones as far apart as this, and never more than that.
PROGRESS_AT_ONCE = 50
PROGRESS_PAUSE = 0.05
MAX_PROGRESS = 10_000
MAX_PROGRESS_BYTES = 3 << 20


def load_all() -> None:
    """For a zygote: what is imported when something is first shown."""
    if "matplotlib.pyplot" in sys.modules:
        from . import figure_forms

        try:
            figure_forms.rehearse()
        except Exception:  # noqa: BLE001 - a broken matplotlib is told by the run that draws
            pass
    if "pandas" in sys.modules:
        from . import frame_forms  # noqa: F401


class Show:
    def __init__(self, orders: dict, outbox: Outbox) -> None:
        self.metadata = RunMetadata(self.send_event, orders["maxResultBytes"])
        # Where user code may have put another dict in its place.
        self.module: object = None
        self._max_count = orders["maxDisplays"]
        self._max_bytes = orders["maxDisplayBytes"]
        self.renew(outbox)

    def renew(self, outbox: Outbox) -> None:
        """For a run, or the next step of a session."""
        self.notes: list[str] = []
        self.metadata.renew()
        if self.module is not None:
            self.module.metadata = self.metadata  # type: ignore[attr-defined]
        self._outbox = outbox
        self._count = 0
        self._left_out = 0
        self._progressed = 0
        self._progress_bytes = 0
        self._next_progress = 0.0
        self._shown_figures: list[object] = []

    def display(self, objects: tuple, raw: bool, metadata: object) -> None:
        for value in objects:
            if not self._has_room():
                continue
            name = self._next_name()
            bundle = raw_bundle(value, self._max_bytes, name) if raw else bundle_of(value, self._max_bytes, name)
            bundle.add_metadata(metadata)
            self._send(bundle)
            self._remember(value)

    def figure(self, figure: object) -> None:
        self.display((figure,), False, None)

    def open_figures(self) -> None:
        """Those that pyplot holds and nobody has shown yet, in the order of their numbers."""
        helpers = sys.modules["matplotlib._pylab_helpers"]
        for manager in helpers.Gcf.get_all_fig_managers():
            figure = manager.canvas.figure
            # A figure without axes has nothing in it, as after `plt.figure()` alone.
            if figure.axes and not any(figure is shown for shown in self._shown_figures):
                self.figure(figure)

    def progress(self, fraction: object, text: object) -> None:
        if fraction is not None and (isinstance(fraction, bool) or not isinstance(fraction, (int, float))):
            raise TypeError(f"progress takes a number from 0 to 1 or None, not {type(fraction).__name__}")
        if text is not None and not isinstance(text, str):
            raise TypeError(f"the text of a progress is a str or None, not {type(text).__name__}")
        done = None
        if fraction is not None:
            done = min(1.0, max(0.0, float(fraction)))  # type: ignore[arg-type]
            if done != done:
                raise ValueError("progress takes a number from 0 to 1 or None, not nan")
        if self._may_progress(done):
            words = None if text is None else str.__str__(text)[:MAX_TEXT]  # type: ignore[arg-type]
            event = dumps({"type": "progress", "fraction": done, "text": words})
            self._progress_bytes += len(event)
            self.send_event(event)

    def send_event(self, text: str) -> None:
        self._flush()
        self._outbox.send(protocol.EVENT, text.encode())

    def show_left(self, last: object) -> None:
        self._show_last(last)
        if "matplotlib._pylab_helpers" in sys.modules:
            self.open_figures()

    def finish(self, notes: list[str]) -> None:
        """Send the last state of the metadata. Nothing can be sent afterwards."""
        self.metadata.send_all(getattr(self.module, "metadata", self.metadata), self._note)
        if self._left_out:
            self._note(f"displays: {self._left_out} left out, more than the {self._max_count} that maxDisplays allows")
        notes.extend(self.notes)

    def _show_last(self, last: object) -> None:
        if last is None or any(last is shown for shown in self._shown_figures):
            return
        bundle = bundle_of(last, self._max_bytes, self._next_name())
        # What has no other form than its repr is in the result already.
        if bundle.is_rich and self._has_room():
            self._send(bundle)
            self._remember(last)
        elif not bundle.is_rich:
            for note in bundle.notes:
                self._note(note)

    def _remember(self, value: object) -> None:
        module = sys.modules.get("matplotlib.figure")
        if module is not None and isinstance(value, module.Figure):
            self._shown_figures.append(value)

    def _next_name(self) -> str:
        return f"displays[{self._count}]"

    def _has_room(self) -> bool:
        if self._count < self._max_count:
            return True
        self._left_out += 1
        return False

    def _send(self, bundle: MimeBundle) -> None:
        payload = bundle.encode()
        for note in bundle.notes:
            self._note(note)
        if payload is None:
            return
        # What was printed before comes before it.
        self._flush()
        self._outbox.send(protocol.DISPLAY, payload)
        self._count += 1

    def _may_progress(self, done: float | None) -> bool:
        now = time.monotonic()
        if self._progressed >= MAX_PROGRESS or self._progress_bytes >= MAX_PROGRESS_BYTES:
            return False
        if self._progressed >= PROGRESS_AT_ONCE and now < self._next_progress and done != 1.0:
            return False
        self._progressed += 1
        self._next_progress = now + PROGRESS_PAUSE
        return True

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:  # noqa: BLE001 - user code may have put anything in its place
                continue

    def _note(self, note: str) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(note)
