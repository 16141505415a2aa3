import struct
from pathlib import Path

RECORD = struct.Struct("<I12s")
names = {n * 7: f"name{n}" for n in range(200)}
with open("index.bin", "wb") as file:
    for key in sorted(names):
        file.write(RECORD.pack(key, names[key].encode()))

def find(file, key):
    low, high, probes = 0, Path("index.bin").stat().st_size // RECORD.size, 0
    while low < high:
        middle, probes = (low + high) // 2, probes + 1
        file.seek(middle * RECORD.size)
        found, name = RECORD.unpack(file.read(RECORD.size))
        if found == key:
            return name.rstrip(b"\0").decode(), probes
        low, high = (middle + 1, high) if found < key else (low, middle)
    return None, probes

with open("index.bin", "rb") as file:
    for key in (0, 700, 1393, 701):
        print(key, *find(file, key))
