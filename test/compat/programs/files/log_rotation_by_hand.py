import os
from pathlib import Path

LIMIT, KEEP = 120, 3

def append(path, line):
    if path.exists() and path.stat().st_size + len(line) > LIMIT:
        for n in range(KEEP - 1, 0, -1):
            older = path.with_suffix(f".log.{n}")
            if older.exists():
                os.replace(older, path.with_suffix(f".log.{n + 1}"))
        os.replace(path, path.with_suffix(".log.1"))
    with path.open("a") as file:
        file.write(line)

log = Path("app.log")
for n in range(30):
    append(log, f"event number {n:03d}\n")
for path in sorted(Path(".").glob("app.log*")):
    lines = path.read_text().splitlines()
    print(path.name, path.stat().st_size, lines[0], lines[-1])
