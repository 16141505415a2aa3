import sys
from functools import lru_cache

def hanoi(n, a="A", b="B", c="C"):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)

def permutations(items):
    return [[]] if not items else [[x, *rest] for i, x in enumerate(items) for rest in permutations(items[:i] + items[i + 1:])]

@lru_cache(None)
def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))

def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n

print(hanoi(10), len(permutations([1, 2, 3, 4])), ackermann(2, 3), 500 < depth() <= 1000)
print(sys.getrecursionlimit())
def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
print(flatten([1, [2, [3, [4]], 5]]))
