import io
from itertools import groupby

SALES = """north,2024-01,100.5
north,2024-02,80
south,2024-01,50
south,2024-02,75.25
south,2024-03,60"""
rows = [(region, month, float(value)) for region, month, value in (line.split(",") for line in SALES.splitlines())]
out = io.StringIO()
for region, group in groupby(rows, key=lambda row: row[0]):
    out.write(f"{region.upper()}\n")
    running = 0.0
    for _, month, value in group:
        running += value
        out.write(f"  {month}  {value:>8.2f}  {running:>8.2f}  {'*' * int(value // 10)}\n")
print(out.getvalue(), f"{sum(v for *_, v in rows):.2f} in all", sep="")
