from sympy import FiniteSet, Interval, Piecewise, S, Sum, Union, binomial, factorial, lambdify, oo, pretty, solveset, symbols, summation

x, n = symbols("x n")
print(solveset(x ** 2 - 4 > 0, x, S.Reals), Union(Interval(0, 1), FiniteSet(3)), Interval(0, 5).intersect(Interval(3, 9)))
print(summation(1 / n ** 2, (n, 1, oo)), Sum(n, (n, 1, 10)).doit(), factorial(20), binomial(10, 4))
g = lambdify(x, x ** 2 + 1, "math")
p = Piecewise((x, x > 0), (-x, True))
print(g(3), p.subs(x, -5), pretty(x ** 2 / 2, use_unicode=False), sep="\n")
