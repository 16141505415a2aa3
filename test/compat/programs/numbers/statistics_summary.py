import statistics as st

data = [2.5, 3.25, 5.5, 11.25, 11.75, 3.0, 8.0]
print(st.mean(data), st.median(data), st.pvariance(data), round(st.stdev(data), 6))
print(st.quantiles(data, n=4), st.mode("aabbb"), st.multimode([1, 1, 2, 2, 3]))
print(round(st.geometric_mean([54, 24, 36]), 6), st.harmonic_mean([40, 60]), st.fmean([1, 2, 4], ) if True else 0)
normal = st.NormalDist(100, 15)
print(round(normal.cdf(130), 6), round(normal.inv_cdf(0.975), 6), st.NormalDist.from_samples(data).mean)
print(st.median_low(data), st.median_high([1, 2, 3, 4]), st.median_grouped([1, 2, 2, 3, 4]))
try:
    st.mean([])
except st.StatisticsError as error:
    print(error)
