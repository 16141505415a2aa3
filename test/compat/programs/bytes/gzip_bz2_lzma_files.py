import bz2
import gzip
import lzma
from pathlib import Path

text = "\n".join(f"{n}: {'x' * (n % 17)}" for n in range(300))
for module, name in ((gzip, "t.gz"), (bz2, "t.bz2"), (lzma, "t.xz")):
    with module.open(name, "wt", encoding="utf-8") as file:
        file.write(text)
    with module.open(name, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    print(name, len(lines), lines[42].strip(), Path(name).read_bytes()[:3], Path(name).stat().st_size < len(text))
print(gzip.decompress(gzip.compress(b"abc", mtime=0)), gzip.compress(b"abc", mtime=0)[:9])
print(lzma.decompress(lzma.compress(b"z" * 999, format=lzma.FORMAT_ALONE)) == b"z" * 999)
