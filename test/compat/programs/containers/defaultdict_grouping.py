from collections import defaultdict

sales = [("north", "apples", 5), ("south", "pears", 3), ("north", "pears", 2), ("south", "apples", 8), ("north", "apples", 1)]
by_region = defaultdict(lambda: defaultdict(int))
for region, item, count in sales:
    by_region[region][item] += count
for region in sorted(by_region):
    print(region, dict(sorted(by_region[region].items())), sum(by_region[region].values()))
tree = lambda: defaultdict(tree)
root = tree()
root["a"]["b"]["c"] = 1
print("a" in root, "x" in root, list(root["a"]["b"]), root["a"]["b"]["c"])
