import numpy as np
from scipy import stats

rng = np.random.default_rng(5)
a, b = rng.normal(10, 2, 50), rng.normal(11, 2, 50)
t = stats.ttest_ind(a, b)
print(round(t.statistic, 6), round(t.pvalue, 6), round(stats.pearsonr(a, b)[0], 6), round(stats.shapiro(a)[1], 4))
print(round(stats.norm.ppf(0.975), 6), round(stats.binom.pmf(3, 10, 0.5), 6), round(stats.chi2.sf(3.84, 1), 6), round(stats.poisson.cdf(2, 3), 6))
chi = stats.chi2_contingency([[10, 20], [30, 40]])
print(round(chi[0], 6), round(chi[1], 6), chi[2], round(stats.linregress([1, 2, 3], [2, 4, 6.5]).slope, 6), stats.zscore([1, 2, 3]).round(4))
print(stats.mannwhitneyu(a, b)[0], round(stats.spearmanr(a, b)[0], 6), stats.describe([1, 2, 3, 4]).variance, stats.iqr([1, 2, 3, 4]), round(stats.skew([1, 2, 9]), 5))
