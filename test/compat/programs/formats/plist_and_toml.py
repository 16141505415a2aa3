import plistlib
from datetime import datetime

data = {"name": "pungi", "count": 3, "ratio": 0.5, "flag": True, "raw": b"\x01\x02", "when": datetime(2024, 1, 2, 3, 4, 5), "list": ["a", 1]}
text = plistlib.dumps(data, sort_keys=True)
print(text.decode())
print(plistlib.loads(text) == data, plistlib.loads(plistlib.dumps(data, fmt=plistlib.FMT_BINARY)) == data)
try:
    import tomllib
    print(tomllib.loads('title = "x"\n[a.b]\nn = [1, 2.5]\nd = 2024-05-06\n[[rows]]\nk = true\n[[rows]]\nk = false'))
except ModuleNotFoundError:
    print("no tomllib before 3.11")
