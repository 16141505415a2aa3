import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
attempts = {
    "column": lambda: df["missing"],
    "row": lambda: df.loc[9],
    "length": lambda: df.assign(c=[1, 2, 3]),
    "type": lambda: df.b.astype(int),
    "file": lambda: pd.read_csv("absent.csv"),
    "empty": lambda: pd.concat([]),
    "date": lambda: pd.to_datetime("32.13.2024", format="%d.%m.%Y"),
    "truth": lambda: bool(df.a > 1),
}
for name, attempt in attempts.items():
    try:
        attempt()
        print(name, "worked")
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {str(error).splitlines()[0][:60]}")
