import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, np.nan, 3, np.nan, 5], "b": ["x", None, "y", "z", None], "c": pd.array([1, None, 3, 4, 5], dtype="Int64")})
print(df.isna().sum().to_dict(), df.dropna().index.tolist(), df.dtypes.astype(str).to_dict())
print(df.a.interpolate().tolist(), df.a.fillna(df.a.mean()).tolist(), df.ffill(), df.c.sum(), sep="\n")
print(df.dropna(thresh=2).shape, df.a.combine_first(pd.Series([9, 9, 9])).tolist(), df.a.where(df.a > 2, 0).tolist(), df.b.mask(df.b == "y", "Y").tolist())
