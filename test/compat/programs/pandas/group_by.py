import pandas as pd

df = pd.DataFrame({"team": list("aabbc"), "year": [2022, 2023] * 2 + [2023], "points": [10, 12, 7, 9, 3]})
print(df.groupby("team").points.agg(["sum", "mean", "count"]))
print(df.pivot_table(index="team", columns="year", values="points", fill_value=0, aggfunc="sum", margins=True))
print(df.groupby("team", as_index=False).apply(lambda g: g.nlargest(1, "points")).reset_index(drop=True))
df["share"] = df.points / df.groupby("year").points.transform("sum")
print(df.round(3), df.groupby(["year", "team"]).points.sum().unstack(), sep="\n")
