import os
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory(prefix="work-") as directory:
    path = Path(directory, "x.txt")
    path.write_text("inside")
    print(Path(directory).name.startswith("work-"), path.read_text())
print(path.exists())
with tempfile.NamedTemporaryFile("w+", suffix=".csv", delete=False) as file:
    file.write("a,b\n")
print(Path(file.name).suffix, Path(file.name).read_text())
os.unlink(file.name)
with tempfile.TemporaryFile() as file:
    file.write(b"anonymous")
    file.seek(0)
    print(file.read())
with tempfile.SpooledTemporaryFile(max_size=8) as file:
    file.write(b"1234")
    print(file._rolled, file.write(b"567890"), file._rolled)
descriptor, name = tempfile.mkstemp()
os.close(descriptor)
print(os.path.dirname(name) == tempfile.gettempdir(), os.stat(name).st_mode & 0o777 == 0o600)
