import os
import shutil
from pathlib import Path

Path("tree/deep").mkdir(parents=True)
Path("tree/a.txt").write_text("alpha")
Path("tree/deep/b.tmp").write_text("beta")
shutil.copytree("tree", "copy", ignore=shutil.ignore_patterns("*.tmp"))
print(sorted(p.as_posix() for p in Path("copy").rglob("*")))
shutil.copy2("tree/a.txt", "copy/deep/a2.txt")
print(os.path.getsize("copy/deep/a2.txt"), shutil.move("copy", "moved"))
name = shutil.make_archive("packed", "zip", "tree")
print(os.path.basename(name), shutil.unpack_archive("packed.zip", "unpacked"), sorted(os.listdir("unpacked/deep")))
shutil.rmtree("moved")
print(os.path.exists("moved"), shutil.which("no-such-command"), shutil.get_archive_formats()[0][0])
with open("tree/a.txt", "rb") as source, open("c.bin", "wb") as target:
    shutil.copyfileobj(source, target)
print(Path("c.bin").read_text(), shutil.disk_usage(".").total > 0)
try:
    shutil.copyfile("c.bin", "c.bin")
except shutil.SameFileError as error:
    print(type(error).__name__)
