from pathlib import Path

marker = Path("state/done.flag")
marker.parent.mkdir()
print(marker.exists())
marker.touch()
print(marker.exists(), marker.stat().st_size, marker.read_text() == "")
marker.touch()
try:
    marker.touch(exist_ok=False)
except FileExistsError as error:
    print(type(error).__name__, error.filename)
for name in ("b", "a", "c"):
    (marker.parent / f"{name}.tmp").touch()
print(sorted(path.name for path in marker.parent.iterdir()))
try:
    Path("absent/file").touch()
except FileNotFoundError as error:
    print(error.strerror, error.filename)
