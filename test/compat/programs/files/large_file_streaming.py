import hashlib
from collections import Counter

with open("big.txt", "w") as file:
    for n in range(50_000):
        file.write(f"{n % 97} {'even' if n % 2 == 0 else 'odd'}\n")
counts, total = Counter(), 0
with open("big.txt") as file:
    for line in file:
        number, kind = line.split()
        counts[kind] += 1
        total += int(number)
print(counts, total)
digest = hashlib.md5()
with open("big.txt", "rb") as file:
    for chunk in iter(lambda: file.read(65536), b""):
        digest.update(chunk)
    size = file.tell()
print(digest.hexdigest(), size)
