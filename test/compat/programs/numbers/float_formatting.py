import sys

for value in (0.1, 1e16, 1e-7, 123456789.123, 1 / 3, -0.0, float("inf"), 5e-324):
    print(repr(value), f"{value:.3g}", f"{value:10.4f}", f"{value:e}")
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig)
print(0.1 + 0.2, 0.1 + 0.2 == 0.3, round(2.675, 2), (2.5).is_integer(), float("1_000.5"), int(1e20))
