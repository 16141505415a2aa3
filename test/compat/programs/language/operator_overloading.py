from __future__ import annotations

class Vector:
    __slots__ = ("x", "y")
    def __init__(self, x=0.0, y=0.0):
        self.x, self.y = x, y
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, factor): return Vector(self.x * factor, self.y * factor)
    __rmul__ = __mul__
    def __matmul__(self, other): return self.x * other.x + self.y * other.y
    def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
    def __hash__(self): return hash((self.x, self.y))
    def __abs__(self): return (self @ self) ** 0.5
    def __bool__(self): return bool(self.x or self.y)
    def __iter__(self): yield from (self.x, self.y)
    def __format__(self, spec): return f"<{self.x:{spec}}, {self.y:{spec}}>"
    def __repr__(self): return f"Vector({self.x}, {self.y})"

v = Vector(3, 4)
print(v + Vector(1, 1), 2 * v, v @ v, abs(v), bool(Vector()), list(v), f"{v:.1f}", len({v, Vector(3, 4)}))
try:
    v.z = 1
except AttributeError as error:
    print(type(error).__name__)
