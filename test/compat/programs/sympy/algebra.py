from sympy import Eq, Poly, apart, cancel, expand, factor, simplify, solve, sqrt, symbols, together

x, y = symbols("x y")
print(expand((x + y) ** 3), factor(x ** 4 - 1), simplify((x ** 2 - 1) / (x - 1)), apart(1 / (x * (x + 1))), together(1 / x + 1 / y))
print(solve(x ** 2 - 5 * x + 6, x), solve([Eq(x + y, 3), Eq(x - y, 1)]), solve(x ** 3 - 1), cancel((x ** 2 + 2 * x + 1) / (x + 1)))
print(Poly(3 * x ** 2 + 2, x).all_coeffs(), sqrt(50), sqrt(8).evalf(12), (x + 1).subs(x, y ** 2))
