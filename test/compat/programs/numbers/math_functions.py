import math

print(math.gcd(84, 36, 120), math.lcm(4, 6, 10), math.comb(52, 5), math.perm(10, 3), math.prod([1.5, 2, 4]))
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), round(2.5), round(3.5), round(-1.25, 1))
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.isclose(0.1 + 0.2, 0.3), math.hypot(3, 4, 12), math.dist((0, 0), (3, 4)))
print(math.frexp(10.0), math.ldexp(0.625, 4), math.modf(3.75), math.copysign(1, -0.0), math.fmod(-7, 3), math.remainder(7, 4))
print(math.degrees(math.pi), math.nextafter(1, 2), math.ulp(1.0), math.log2(1024), math.log1p(0.0), math.expm1(0.0))
print(math.inf > 10 ** 400, math.isnan(math.nan), math.tau == 2 * math.pi)
