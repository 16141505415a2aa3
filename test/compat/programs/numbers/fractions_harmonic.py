from fractions import Fraction
from math import pi

print(sum(Fraction(1, n) for n in range(1, 21)))
print(Fraction("3.25"), Fraction(0.125), Fraction(pi).limit_denominator(1000), Fraction(7, -21))
value = Fraction(415, 93)
terms = []
while True:
    whole = value.numerator // value.denominator
    terms.append(whole)
    if value == whole:
        break
    value = 1 / (value - whole)
print(terms, round(Fraction(22, 7), 3), Fraction(1, 3) ** 3, divmod(Fraction(7, 2), Fraction(2, 3)))
