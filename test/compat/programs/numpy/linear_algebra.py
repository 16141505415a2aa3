import numpy as np

a = np.array([[3.0, 1.0], [1.0, 2.0]])
b = np.array([9.0, 8.0])
print(np.linalg.solve(a, b), np.linalg.det(a).round(6), np.linalg.inv(a).round(4), sep="\n")
values, vectors = np.linalg.eigh(a)
print(values.round(6), np.allclose(vectors @ np.diag(values) @ vectors.T, a))
u, s, v = np.linalg.svd(np.arange(6.0).reshape(2, 3))
print(s.round(6), np.linalg.matrix_rank(np.ones((3, 3))), np.linalg.norm([3, 4]))
q, r = np.linalg.qr(a)
print(np.allclose(q @ r, a), np.einsum("ij,j->i", a, b), np.kron([1, 2], [1, 1]))
try:
    np.linalg.inv(np.ones((2, 2)))
except np.linalg.LinAlgError as error:
    print(error)
