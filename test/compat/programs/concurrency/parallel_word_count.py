from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

words = ["alpha", "beta", "gamma", "delta"]
for n in range(6):
    Path(f"doc{n}.txt").write_text(" ".join(words[(n * k) % 4] for k in range(1, 200)))

def count(path):
    return path.name, Counter(path.read_text().split())

total = Counter()
with ThreadPoolExecutor(max_workers=3) as pool:
    for name, counts in pool.map(count, sorted(Path(".").glob("doc*.txt"))):
        total += counts
        print(name, counts.most_common(1))
print(total.most_common(), sum(total.values()))
