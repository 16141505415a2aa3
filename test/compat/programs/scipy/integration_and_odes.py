import numpy as np
from scipy import integrate

print(integrate.quad(np.sin, 0, np.pi), round(integrate.quad(lambda x: np.exp(-x * x), -np.inf, np.inf)[0] ** 2, 6))
print(round(integrate.dblquad(lambda y, x: x * y, 0, 1, 0, 2)[0], 8), integrate.simpson([0, 1, 4, 9, 16], dx=1), integrate.cumulative_trapezoid([1, 2, 3]))
solution = integrate.solve_ivp(lambda t, y: [y[1], -y[0]], (0, 2 * np.pi), [1, 0], rtol=1e-8, t_eval=[0, np.pi, 2 * np.pi])
print(solution.y[0].round(5), solution.success, solution.status)
prey = integrate.odeint(lambda v, t: [v[0] * (1 - 0.5 * v[1]), v[1] * (0.25 * v[0] - 1)], [4, 2], np.linspace(0, 5, 6))
print(prey.round(3))
