import pandas as pd

wide = pd.DataFrame({"city": ["Rome", "Oslo"], "jan": [8, -4], "jul": [26, 17]})
long = wide.melt(id_vars="city", var_name="month", value_name="temp")
print(long, long.pivot(index="city", columns="month", values="temp"), sep="\n")
print(wide.set_index("city").stack(), pd.crosstab(long.city, long.temp > 10), sep="\n")
nested = pd.DataFrame({"k": ["a", "b"], "values": [[1, 2], [3]]})
print(nested.explode("values"), pd.get_dummies(long.city).astype(int), sep="\n")
print(pd.json_normalize([{"a": {"b": 1, "c": [1]}}, {"a": {"b": 2}}]), pd.cut(long.temp, [-10, 0, 20, 30], labels=["cold", "mild", "hot"]).tolist())
