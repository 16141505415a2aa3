TO_METRES = {"mm": 0.001, "cm": 0.01, "m": 1, "km": 1000, "in": 0.0254, "ft": 0.3048, "mi": 1609.344}

def convert(value, source, target):
    try:
        return value * TO_METRES[source] / TO_METRES[target]
    except KeyError as error:
        raise ValueError(f"unknown unit {error.args[0]!r}") from error

for request in [(1, "mi", "km"), (6, "ft", "cm"), (2.5, "m", "in"), (1, "m", "yd")]:
    try:
        print(request, f"{convert(*request):.4f}")
    except ValueError as error:
        print(request, error, type(error.__cause__).__name__)
for celsius in range(-40, 101, 35):
    print(f"{celsius:>4}C = {celsius * 9 / 5 + 32:6.1f}F")
