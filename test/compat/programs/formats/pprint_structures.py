import pprint
from types import SimpleNamespace

data = {"servers": [{"name": f"host-{n}", "ports": list(range(8000, 8000 + n * 3)), "tags": {"env": "prod", "zone": "eu"}} for n in range(1, 4)], "empty": {}, "text": "long " * 20}
pprint.pprint(data, width=60)
pprint.pprint(data, depth=2, compact=True)
print(pprint.pformat({3: "c", 1: "a"}), pprint.isreadable(data), pprint.saferepr({"k": [1]}))
recursive = [1]
recursive.append(recursive)
print(pprint.isrecursive(recursive))
pprint.pprint(SimpleNamespace(b=1, a=[2]), width=20)
