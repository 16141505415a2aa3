def extended(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended(b, a % b)
    return g, y, x - a // b * y

def chinese_remainder(remainders, moduli):
    x, m = 0, 1
    for r, n in zip(remainders, moduli):
        g, p, _ = extended(m, n)
        x += m * ((r - x) // g * p % (n // g))
        m = m * n // g
    return x % m, m

print(extended(240, 46), chinese_remainder([2, 3, 2], [3, 5, 7]))
print(chinese_remainder([6, 13, 9, 19], [11, 16, 21, 25]))
