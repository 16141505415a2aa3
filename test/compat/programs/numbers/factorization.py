import math

def factors(n):
    out = {}
    p = 2
    while p * p <= n:
        while n % p == 0:
            out[p] = out.get(p, 0) + 1
            n //= p
        p += 1 if p == 2 else 2
    if n > 1:
        out[n] = out.get(n, 0) + 1
    return out

for n in (360, 97, 1001, 2 ** 20, 600851475143):
    found = factors(n)
    divisors = math.prod(k + 1 for k in found.values())
    print(n, " * ".join(f"{p}^{k}" for p, k in found.items()), divisors)
