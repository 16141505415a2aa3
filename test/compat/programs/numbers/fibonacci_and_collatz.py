from functools import lru_cache

@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

@lru_cache(maxsize=None)
def collatz(n):
    return 1 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)

print([fibonacci(n) for n in range(15)], fibonacci(150))
best = max(range(1, 3000), key=collatz)
print(best, collatz(best), fibonacci.cache_info())
