def describe(value):
    match value:
        case 0 | 1:
            return "tiny"
        case int(n) if n < 0:
            return f"negative {n}"
        case [x]:
            return f"one item {x}"
        case [first, *rest]:
            return f"{first} then {len(rest)}"
        case {"type": "circle", "radius": r}:
            return f"circle {r}"
        case {"type": kind, **rest}:
            return f"{kind} with {sorted(rest)}"
        case str() as text:
            return f"text {text!r}"
        case None:
            return "nothing"
        case _:
            return "something else"

for value in (0, -5, [1], (1, 2, 3), {"type": "circle", "radius": 2}, {"type": "box", "w": 1, "h": 2}, "hi", None, 3.5, []):
    print(repr(value), "->", describe(value))
