from sympy import Function, cos, diff, dsolve, exp, integrate, limit, oo, pi, series, sin, symbols

x = symbols("x")
print(diff(sin(x) * exp(x), x), diff(x ** 5, x, 3), integrate(x * exp(-x), (x, 0, oo)), integrate(cos(x) ** 2, x))
print(limit(sin(x) / x, x, 0), limit((1 + 1 / x) ** x, x, oo), series(exp(x), x, 0, 5), integrate(exp(-x ** 2), (x, -oo, oo)))
f = Function("f")
print(dsolve(f(x).diff(x) - 2 * f(x), f(x)), sin(pi / 3), pi.evalf(30))
