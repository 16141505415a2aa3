import mmap
from pathlib import Path

path = Path("data.bin")
path.write_bytes(b"The quick brown fox\n" * 100)
with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as view:
    print(len(view), view[:9], view.find(b"fox"), view.rfind(b"fox"))
    view[4:9] = b"QUICK"
    view.flush()
    view.seek(20)
    print(view.readline(), view.tell())
print(path.read_bytes()[:20])
anonymous = mmap.mmap(-1, 4096)
anonymous.write(b"hello")
print(anonymous[:5], len(anonymous))
anonymous.close()
