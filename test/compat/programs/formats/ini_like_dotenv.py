import re

SOURCE = """
# settings
NAME = "My App"
PORT=8080
EMPTY=
export PATH_LIKE='/a:/b'   # trailing
BROKEN LINE
NESTED=${NAME}-${PORT}
"""
values = {}
for number, line in enumerate(SOURCE.splitlines(), 1):
    line = line.strip()
    if not line or line.startswith("#"):
        continue
    match = re.match(r"(?:export\s+)?(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^#]*))", line)
    if not match:
        print(f"line {number}: cannot read {line!r}")
        continue
    key, *choices = match.groups()
    value = next((c for c in choices if c is not None), "").strip()
    values[key] = re.sub(r"\$\{(\w+)\}", lambda m: values.get(m[1], ""), value)
for item in values.items():
    print(*item, sep=" => ")
