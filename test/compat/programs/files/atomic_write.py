import contextlib
import os
import tempfile

@contextlib.contextmanager
def atomic(path):
    descriptor, name = tempfile.mkstemp(dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(descriptor, "w") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise

with atomic("config.txt") as file:
    file.write("version 1\n")
try:
    with atomic("config.txt") as file:
        file.write("half of ver")
        raise RuntimeError("crash while writing")
except RuntimeError as error:
    print(error)
print(open("config.txt").read(), len(os.listdir(".")))
