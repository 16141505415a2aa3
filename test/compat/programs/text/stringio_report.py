import io
from contextlib import redirect_stdout

buffer = io.StringIO()
with redirect_stdout(buffer):
    print("captured line")
    print("second", "line", sep="-", end="!\n")
text = buffer.getvalue()
print(len(text), repr(text))
buffer.seek(0)
for number, line in enumerate(buffer, 1):
    print(number, line.rstrip())
buffer.seek(0, io.SEEK_END)
buffer.write("tail")
buffer.truncate(8)
print(repr(buffer.getvalue()), buffer.tell())
