import pandas as pd

df = pd.DataFrame({"x": [3, 1, 4, 1, 5, 9, 2, 6], "g": list("abababab")})
print(df.x.rank().tolist(), df.x.expanding().max().tolist(), df.x.ewm(span=3).mean().round(4).tolist(), df.x.diff().fillna(0).tolist())
print(df.apply(lambda row: row.x * 2 if row.g == "a" else -row.x, axis=1).tolist(), df.x.map({1: "one"}).fillna("other").tolist())
print(df.groupby("g").x.rolling(2).sum().dropna().tolist(), df.groupby("g").x.cumsum().tolist(), df.x.nlargest(3).to_dict(), df.x.quantile([0.25, 0.75]).tolist())
print(df.pipe(lambda d: d[d.x > 2]).agg({"x": ["min", "max"], "g": "nunique"}), df.sample(3, random_state=1).index.tolist(), df.x.between(2, 5).sum())
