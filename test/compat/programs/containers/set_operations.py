a, b = set(range(1, 8)), {5, 6, 7, 8, 9}
print(sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b))
print({5, 6} <= a, a.isdisjoint({100}), a >= b, frozenset([1]) in {frozenset([1])})
a -= {1, 2}
a.discard(99)
a.update([42], (43,))
print(sorted(a), len(a), max(a))
try:
    a.remove(1000)
except KeyError as error:
    print("KeyError", error)
seen = set()
print([x for x in "mississippi" if not (x in seen or seen.add(x))])
