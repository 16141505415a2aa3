from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

prices = [Decimal("19.99"), Decimal("5.005"), Decimal("0.1")]
total = sum(prices)
tax = (total * Decimal("0.19")).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
print(total, tax, total + tax, (total / 3).quantize(Decimal("1e-4"), ROUND_HALF_EVEN))
with localcontext() as context:
    context.prec = 50
    print(Decimal(2).sqrt(), Decimal(1).exp())
print(Decimal("1E+3").normalize(), Decimal("123.4500").as_tuple(), Decimal("NaN").is_nan())
print(f"{Decimal('1234567.891'):,.2f}", Decimal("-0.0"), Decimal(0.1))
try:
    Decimal(1) / 0
except ArithmeticError as error:
    print(type(error).__name__)
