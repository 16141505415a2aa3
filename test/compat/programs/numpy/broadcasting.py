import numpy as np

x = np.array([1, 2, 3])
y = np.array([[10], [20]])
print(x + y, x * y, (x[:, None] - x[None, :]), sep="\n")
table = np.multiply.outer(np.arange(1, 4), np.arange(1, 4))
print(table, table - table.mean(axis=0), np.add.reduce(table), np.cumsum(x), sep="\n")
try:
    x + np.array([1, 2])
except ValueError as error:
    print(error)
