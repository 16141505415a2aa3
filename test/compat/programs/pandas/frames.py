import pandas as pd

df = pd.DataFrame({"name": ["Ann", "Bob", "Cid", "Dee"], "age": [34, 27, 45, 27], "city": ["Rome", "Oslo", "Rome", "Bonn"]})
print(df, df.dtypes, df.describe(), sep="\n\n")
print(df[df.age > 30].sort_values("age", ascending=False), df.loc[1, "name"], df.iloc[-1].to_dict())
df["senior"] = df.age >= 30
print(df.assign(half=df.age / 2).set_index("name").T, df.shape, df.city.value_counts(), sep="\n")
