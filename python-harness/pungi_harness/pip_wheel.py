"""Runs the pip that Python brings along for new environments, without installing it: an environment needs none."""

from __future__ import annotations

import sys

# Debian keeps the wheels of ensurepip here, in a package of their own.
DEBIAN_WHEELS = "/usr/share/python-wheels"


def find_wheel() -> str | None:
    """The wheel of pip, or None where Python was packaged without."""
    import glob
    import os
    import sysconfig

    try:
        import ensurepip
    except ImportError:
        return None
    bundled = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
    for place in (bundled, sysconfig.get_config_var("WHEEL_PKG_DIR"), DEBIAN_WHEELS):
        found = sorted(glob.glob(os.path.join(place, "pip-*.whl"))) if place else []
        if found:
            return found[-1]
    return None


def main() -> None:
    """Arguments are those of pip."""
    import runpy

    wheel = find_wheel()
    if wheel is None:
        sys.exit("No module named pip: this Python has no ensurepip, or no wheel of pip for it")
    sys.path.insert(0, wheel)
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
