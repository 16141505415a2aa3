import csv
import io
from collections import defaultdict

SOURCE = '''date,customer,amount,note
2024-01-03,"Smith, Ann",120.50,"said ""hi"""
2024-01-04,Bob,80,
2024-02-01,"Smith, Ann",19.5,"two
lines"
'''
totals = defaultdict(float)
for row in csv.DictReader(io.StringIO(SOURCE)):
    totals[row["customer"]] += float(row["amount"])
    print(row)
out = io.StringIO()
writer = csv.DictWriter(out, ["customer", "total"], delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
writer.writeheader()
writer.writerows({"customer": k, "total": v} for k, v in sorted(totals.items()))
print(out.getvalue())
