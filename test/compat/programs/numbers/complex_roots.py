import cmath

def roots(a, b, c):
    discriminant = cmath.sqrt(b * b - 4 * a * c)
    return (-b + discriminant) / (2 * a), (-b - discriminant) / (2 * a)

print(roots(1, -3, 2), roots(1, 2, 5))
z = 3 + 4j
print(abs(z), z.conjugate(), z * 1j, z ** 2, cmath.polar(1j)[0], cmath.isclose(cmath.exp(1j * cmath.pi), -1))
unity = [cmath.rect(1, 2 * cmath.pi * k / 4) for k in range(4)]
print([complex(round(u.real, 6) + 0.0, round(u.imag, 6) + 0.0) for u in unity], complex("1-2j"))
