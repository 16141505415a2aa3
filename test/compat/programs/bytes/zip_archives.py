import io
import zipfile
from pathlib import Path

buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
    for n in range(3):
        archive.writestr(zipfile.ZipInfo(f"folder/file{n}.txt", (2024, 1, 1, 0, 0, 0)), f"content {n}\n" * 10)
    archive.comment = b"a comment"
with zipfile.ZipFile(buffer) as archive:
    print(archive.testzip(), archive.comment)
    for info in archive.infolist():
        print(info.filename, info.file_size, info.date_time, f"{info.CRC:08x}")
    archive.extractall("out")
    print(archive.open("folder/file1.txt").readline(), zipfile.Path(archive, "folder/").joinpath("file2.txt").read_text()[:9])
print(sorted(p.as_posix() for p in Path("out").rglob("*")), zipfile.is_zipfile(buffer))
try:
    zipfile.ZipFile(io.BytesIO(b"nope"))
except zipfile.BadZipFile as error:
    print(error)
