import io
import tarfile
from pathlib import Path

Path("src/sub").mkdir(parents=True)
Path("src/a.txt").write_text("alpha\n")
Path("src/sub/b.txt").write_text("beta\n" * 50)
with tarfile.open("all.tar.gz", "w:gz") as archive:
    archive.add("src")
    data = b"made in memory"
    info = tarfile.TarInfo("memory.txt")
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))
with tarfile.open("all.tar.gz") as archive:
    print(sorted(archive.getnames()))
    print(archive.extractfile("memory.txt").read(), archive.getmember("src/sub/b.txt").size, archive.getmember("src").isdir())
    archive.extractall("out")
print(Path("out/src/sub/b.txt").read_text().count("beta"), tarfile.is_tarfile("all.tar.gz"))
