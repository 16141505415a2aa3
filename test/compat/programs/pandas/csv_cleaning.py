import io
import pandas as pd

raw = """id;date;amount;category
1;2024-01-05;1.234,50;food
2;2024-01-17;;travel
3;not a date;99,90;Food
3;not a date;99,90;Food
5;2024-02-01;10,00;
"""
df = pd.read_csv(io.StringIO(raw), sep=";", decimal=",", thousands=".")
print(df, df.isna().sum(), sep="\n")
df = df.drop_duplicates().assign(date=lambda d: pd.to_datetime(d.date, errors="coerce"), category=lambda d: d.category.str.lower().fillna("other"))
df["amount"] = df.amount.fillna(df.amount.median())
print(df, df.groupby("category").amount.sum(), sep="\n")
print(df.to_csv(index=False), df.to_json(orient="records", date_format="iso"))
