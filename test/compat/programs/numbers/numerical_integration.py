import math

def simpson(f, a, b, n):
    h = (b - a) / n
    return h / 3 * math.fsum(f(a + i * h) * (1 if i in (0, n) else 4 if i % 2 else 2) for i in range(n + 1))

def rk4(f, y, t, h):
    k1 = f(t, y)
    k2 = f(t + h / 2, y + h * k1 / 2)
    k3 = f(t + h / 2, y + h * k2 / 2)
    k4 = f(t + h, y + h * k3)
    return y + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6

for n in (4, 16, 64):
    print(n, f"{simpson(math.sin, 0, math.pi, n):.10f}")
y = 1.0
for step in range(10):
    y = rk4(lambda t, y: y, y, step / 10, 0.1)
print(f"{y:.8f} {math.e:.8f}")
