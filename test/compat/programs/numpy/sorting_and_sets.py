import numpy as np

a = np.array([5, 2, 9, 1, 5, 6])
order = np.argsort(a, kind="stable")
print(order, a[order], np.sort(a)[::-1], np.searchsorted(np.sort(a), [5, 7]), np.partition(a, 2)[:3].max())
print(np.union1d(a, [7, 1]), np.intersect1d(a, [5, 9]), np.setdiff1d(a, [5]), np.isin(a, [1, 2]))
print(np.lexsort(([1, 0, 1], [2, 2, 1])), np.flatnonzero(a > 4), np.diff(np.sort(a)), np.clip(a, 2, 5), np.roll(a, 2))
