import json
from dataclasses import asdict, dataclass, is_dataclass

@dataclass
class Point:
    x: int
    y: int

class Encoder(json.JSONEncoder):
    def default(self, o):
        if is_dataclass(o):
            return {"__point__": True, **asdict(o)}
        if isinstance(o, complex):
            return [o.real, o.imag]
        return super().default(o)

def hook(data):
    return Point(data["x"], data["y"]) if data.get("__point__") else data

text = json.dumps({"p": [Point(1, 2), Point(3, 4)], "z": 1 + 2j}, cls=Encoder)
print(text, json.loads(text, object_hook=hook)["p"][1], sep="\n")
print(json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), list(json.JSONEncoder().iterencode([1, "x"])))
try:
    json.dumps({1, 2})
except TypeError as error:
    print(error)
