import numpy as np
from scipy import optimize

rosen = optimize.minimize(optimize.rosen, [1.3, 0.7], method="BFGS")
print(rosen.x.round(4), rosen.success, optimize.brentq(lambda x: x ** 3 - 2, 0, 2))
print(optimize.root(lambda v: [v[0] + v[1] - 3, v[0] * v[1] - 2], [0.5, 2.5]).x.round(6), round(optimize.minimize_scalar(lambda x: (x - 2) ** 2).x, 6))
parameters, covariance = optimize.curve_fit(lambda x, a, b: a * np.exp(b * x), np.linspace(0, 1, 20), 2 * np.exp(0.5 * np.linspace(0, 1, 20)))
print(parameters.round(6), covariance.shape)
plan = optimize.linprog([-3, -2], A_ub=[[1, 1], [1, 3]], b_ub=[4, 6], bounds=[(0, 3), (0, None)])
print(plan.x, plan.fun, optimize.linear_sum_assignment([[4, 1, 3], [2, 0, 5], [3, 2, 2]])[1])
