import math

def newton(f, derivative, x, tolerance=1e-12):
    for step in range(100):
        change = f(x) / derivative(x)
        x -= change
        if abs(change) < tolerance:
            return x, step
    raise RuntimeError("no convergence")

def bisect(f, low, high):
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if f(low) * f(middle) > 0 else (low, middle)
    return (low + high) / 2

print(newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0))
print(round(bisect(lambda x: math.cos(x) - x, 0, 1), 8))
print(round(newton(lambda x: x ** 3 - x - 2, lambda x: 3 * x * x - 1, 1.5)[0], 10))
