import random

random.seed(7)
inside = 0
for n in range(1, 100_001):
    x, y = random.random(), random.random()
    inside += x * x + y * y <= 1
    if n in (100, 10_000, 100_000):
        print(n, 4 * inside / n)
print("inside", inside)
