import numbers
from decimal import Decimal
from fractions import Fraction

for value in (True, 3, 2.5, Fraction(1, 2), 1j, Decimal("1.5")):
    kinds = [kind.__name__ for kind in (numbers.Integral, numbers.Rational, numbers.Real, numbers.Complex, numbers.Number) if isinstance(value, kind)]
    print(type(value).__name__, kinds, hash(value) == hash(complex(value)) if not isinstance(value, Decimal) else "decimal")
print(1 == 1.0 == Fraction(1) == Decimal(1), {1: "a", 1.0: "b", True: "c"}, 7 // 2.0, -7 // 2, 2 ** -1)
