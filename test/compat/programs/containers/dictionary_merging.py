base = {"a": 1, "nested": {"x": 1, "y": 2}}
extra = {"b": 2, "nested": {"y": 3, "z": 4}}

def merge(left, right):
    out = dict(left)
    for key, value in right.items():
        out[key] = merge(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
    return out

print(merge(base, extra), base | extra, {**base, "a": 10})
inverted = {str(v): k for k, v in base.items() if not isinstance(v, dict)}
print(inverted, base.get("zz", "none"), base.setdefault("c", []), list(base), base.pop("a"), dict.fromkeys("ab", 0))
print(sorted({"b": 2, "a": 3}.items(), key=lambda kv: -kv[1]), dict(zip("xyz", range(3))), list(reversed({"p": 1, "q": 2})))
