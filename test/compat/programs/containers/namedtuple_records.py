from collections import namedtuple

Point = namedtuple("Point", "x y z", defaults=[0])
p = Point(1, 2)
print(p, p._asdict(), p._replace(z=9), Point._fields, Point._field_defaults)
print(p + (4,), p[0], p.y, hash(p) == hash((1, 2, 0)), p == (1, 2, 0))
Row = namedtuple("Row", ["id", "class", "id"], rename=True)
print(Row(1, 2, 3))
people = [Point(*row) for row in [(3, 1), (1, 2), (2, 0)]]
print(sorted(people), min(people, key=lambda q: q.y))
