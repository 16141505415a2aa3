from collections import defaultdict
from datetime import date
from decimal import Decimal

MOVES = [
    (date(2024, 1, 3), "bolt", 100, Decimal("0.10")), (date(2024, 1, 9), "bolt", -30, None),
    (date(2024, 2, 1), "nut", 250, Decimal("0.05")), (date(2024, 2, 2), "bolt", 50, Decimal("0.12")),
    (date(2024, 2, 8), "bolt", -90, None), (date(2024, 2, 9), "nut", -300, None),
]
lots, sold = defaultdict(list), defaultdict(Decimal)
for day, item, count, price in MOVES:
    if count > 0:
        lots[item].append([count, price])
        continue
    need = -count
    while need and lots[item]:
        take = min(need, lots[item][0][0])
        sold[item] += take * lots[item][0][1]
        lots[item][0][0] -= take
        need -= take
        if not lots[item][0][0]:
            lots[item].pop(0)
    if need:
        print(f"{day}: short of {need} {item}")
for item in sorted(lots):
    print(item, sum(n for n, _ in lots[item]), sum((n * p for n, p in lots[item]), Decimal(0)), sold[item])
