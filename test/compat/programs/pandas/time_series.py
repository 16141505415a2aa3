import numpy as np
import pandas as pd

index = pd.date_range("2024-01-01", periods=60, freq="D")
series = pd.Series(np.arange(60) % 7 + np.arange(60) / 10, index=index)
print(series.resample("W").sum().head(4), series.rolling(7).mean().dropna().head(3).round(4), sep="\n")
print(series["2024-02"].describe().round(3), series.shift(1).head(2), series.pct_change().round(3).iloc[1:4], sep="\n")
print(index.tz_localize("UTC").tz_convert("America/New_York")[0], pd.Timestamp("2024-02-29") + pd.DateOffset(years=1), index.to_period("M").unique())
print(pd.bdate_range("2024-03-01", periods=3), (pd.Timestamp("2024-03-10") - pd.Timestamp("2024-02-10")).days)
