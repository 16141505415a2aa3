import numpy as np

a = np.arange(12).reshape(3, 4)
print(a, a.shape, a.T[0], a[1:, ::2], sep="\n")
print(a.sum(axis=0), a.mean(axis=1), a[a % 2 == 0], np.where(a > 5, a, -1)[1])
print(a.dtype, a.astype(float) / 7, np.linspace(0, 1, 5), np.eye(2), np.full((2, 2), 9), sep="\n")
