import numpy as np

rng = np.random.default_rng(3)
data = rng.normal(100, 15, size=(1000, 2))
print(data.mean(axis=0).round(4), data.std(axis=0, ddof=1).round(4), np.median(data).round(4))
print(np.percentile(data[:, 0], [5, 50, 95]).round(3), np.corrcoef(data.T).round(5))
counts, edges = np.histogram(data[:, 1], bins=5)
print(counts, edges.round(2), np.bincount([0, 1, 1, 3]), np.unique([3, 1, 3, 2], return_counts=True))
print(np.cov(data.T).round(3), np.nanmean([1, np.nan, 3]), np.argmax(data[:5, 0]))
