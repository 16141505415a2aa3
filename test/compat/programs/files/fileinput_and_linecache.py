import fileinput
import linecache
from pathlib import Path

Path("one.txt").write_text("alpha\nbeta\n")
Path("two.txt").write_text("gamma\ndelta\n")
with fileinput.input(["one.txt", "two.txt"]) as lines:
    for line in lines:
        print(lines.filename(), lines.lineno(), lines.filelineno(), line.strip(), lines.isfirstline())
with fileinput.input("one.txt", inplace=True, backup=".bak") as lines:
    for line in lines:
        print(line.upper(), end="")
print(Path("one.txt").read_text().split(), Path("one.txt.bak").read_text().split())
print(repr(linecache.getline("two.txt", 2)), repr(linecache.getline("two.txt", 9)), len(linecache.getlines("one.txt")))
