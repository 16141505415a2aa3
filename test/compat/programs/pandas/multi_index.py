import pandas as pd

index = pd.MultiIndex.from_product([["north", "south"], [2023, 2024]], names=["region", "year"])
df = pd.DataFrame({"sales": [10, 12, 7, 9], "cost": [4, 5, 3, 3]}, index=index)
print(df, df.loc["north"], df.xs(2024, level="year"), df.unstack("year"), sep="\n")
print(df.groupby(level="region").sum(), df.swaplevel().sort_index().index.tolist(), df.eval("sales - cost").to_dict(), df.query("cost > 3 and year == 2023").shape, sep="\n")
df.columns = pd.MultiIndex.from_tuples([("money", "sales"), ("money", "cost")])
print(df["money"]["cost"].max(), df.reset_index().columns.tolist())
