rows = [("Apple", 1.5, 12), ("Banana", 0.25, 150), ("Cherry", 10.0, 3)]
header = ("Item", "Price", "Count")
widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(3)]
line = "+".join("-" * (width + 2) for width in widths)
print(" | ".join(f"{name:^{width}}" for name, width in zip(header, widths)))
print(line)
for name, price, count in rows:
    print(f"{name:<{widths[0]}} | {price:>{widths[1]}.2f} | {count:>{widths[2]},d}")
print(f"{'total':-^20}{sum(p * c for _, p, c in rows):+012.3f}")
