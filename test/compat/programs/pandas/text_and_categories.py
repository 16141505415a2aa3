import pandas as pd

s = pd.Series(["Ann Lee, 34", "Bob Ray, 27", None, "Cid Doe, x"])
parts = s.str.extract(r"(?P<first>\w+) (?P<last>\w+), (?P<age>\d+)")
print(parts, s.str.len(), s.str.contains("Ray", na=False).tolist(), s.str.split(", ").str[0].str.upper().tolist(), sep="\n")
sizes = pd.Categorical(["small", "large", "small"], categories=["small", "medium", "large"], ordered=True)
print(sizes, sizes.codes, pd.Series(sizes).value_counts(sort=False), sizes.min(), sep="\n")
print(pd.Series(["x1", "x10"]).str.replace(r"\d+", lambda m: str(int(m[0]) * 2), regex=True).tolist(), pd.factorize(["b", "a", "b"]))
