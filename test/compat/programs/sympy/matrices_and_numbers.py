from sympy import Matrix, Rational, factorint, fibonacci, gcd, isprime, latex, nextprime, primerange, symbols, sympify

m = Matrix([[2, 1], [1, 3]])
print(m.det(), m.inv(), m.eigenvals(), m ** 3, m.rref()[0])
print(factorint(360), isprime(2 ** 31 - 1), nextprime(1000), list(primerange(10, 30)), fibonacci(50), gcd(84, 36))
x = symbols("x", positive=True)
print(Rational(3, 7) + Rational(1, 2), latex(x ** 2 / 3), sympify("2*x + 3/4"), (x ** 2) ** Rational(1, 2))
