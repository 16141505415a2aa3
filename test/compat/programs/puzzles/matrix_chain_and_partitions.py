from functools import lru_cache

@lru_cache(None)
def partitions(n, largest):
    if n == 0:
        return 1
    return sum(partitions(n - k, k) for k in range(1, min(n, largest) + 1))

def chain(sizes):
    n = len(sizes) - 1
    best = {(i, i): (0, f"A{i}") for i in range(n)}
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            best[i, j] = min((best[i, k][0] + best[k + 1, j][0] + sizes[i] * sizes[k + 1] * sizes[j + 1], f"({best[i, k][1]}{best[k + 1, j][1]})") for k in range(i, j))
    return best[0, n - 1]

print([partitions(n, n) for n in range(1, 16)], partitions(100, 100))
print(chain((30, 35, 15, 5, 10, 20, 25)))
