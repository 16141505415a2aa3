import numpy as np
from scipy import linalg, sparse
from scipy.sparse import linalg as sparse_linalg

a = np.array([[4.0, 1, 0], [1, 3, 1], [0, 1, 2]])
p, l, u = linalg.lu(a)
print(np.allclose(p @ l @ u, a), linalg.cholesky(a, lower=True).round(4), linalg.expm(np.zeros((2, 2))), sep="\n")
grid = sparse.diags([-1, 2, -1], [-1, 0, 1], shape=(50, 50), format="csc")
x = sparse_linalg.spsolve(grid, np.ones(50))
print(grid.nnz, x[:3].round(6), sparse_linalg.eigsh(grid, k=2, which="LA")[0].round(6), sparse_linalg.cg(grid, np.ones(50))[1])
m = sparse.coo_matrix(([1, 2, 3], ([0, 1, 1], [1, 0, 2])), shape=(2, 3)).tocsr()
print(m.toarray(), (m @ m.T).toarray(), linalg.null_space(np.ones((1, 2))).round(4), sep="\n")
