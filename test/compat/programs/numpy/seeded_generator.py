import numpy as np

rng = np.random.default_rng(42)
print(rng.integers(0, 100, 8), rng.random(3).round(8), rng.normal(5, 2, 3).round(6))
print(rng.choice(["a", "b", "c"], 5, p=[0.5, 0.3, 0.2]), rng.permutation(6), rng.poisson(3, 5))
old = np.random.RandomState(0)
print(old.rand(3).round(8), old.randint(10, size=5), old.shuffle(values := list(range(5))), values)
np.random.seed(1)
print(np.random.randn(2).round(6), np.random.exponential(2.0))
