import sqlite3
import pandas as pd

df = pd.DataFrame({"n": range(5), "square": [x * x for x in range(5)], "when": pd.date_range("2024-01-01", periods=5)})
df.to_csv("t.csv", index=False)
df.to_pickle("t.pkl")
df.to_json("t.json", orient="table")
print(pd.read_csv("t.csv", parse_dates=["when"]).equals(df), pd.read_pickle("t.pkl").equals(df), pd.read_csv("t.csv", usecols=["n"], nrows=2, dtype={"n": "int8"}).n.dtype)
with sqlite3.connect("t.db") as connection:
    df.to_sql("numbers", connection, index=False)
    print(pd.read_sql("select sum(square) total, max(n) top from numbers where n > ?", connection, params=(1,)))
print(sum(len(chunk) for chunk in pd.read_csv("t.csv", chunksize=2)), df.to_string(index=False), df.to_html(max_rows=2)[:40], sep="\n")
