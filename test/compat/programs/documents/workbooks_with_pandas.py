import pandas as pd

df = pd.DataFrame({"name": ["a", "b"], "n": [1, 2], "d": pd.to_datetime(["2024-01-01", "2024-02-01"])})
with pd.ExcelWriter("book.xlsx", engine="openpyxl") as writer:
    df.to_excel(writer, sheet_name="one", index=False)
    df.describe(include="number").to_excel(writer, sheet_name="two")
sheets = pd.read_excel("book.xlsx", sheet_name=None, engine="openpyxl")
print(sorted(sheets), sheets["one"], sheets["two"].iloc[1].tolist(), sep="\n")
print(pd.read_excel("book.xlsx", usecols="A:B", nrows=1).to_dict("records"), df.equals(sheets["one"]))
