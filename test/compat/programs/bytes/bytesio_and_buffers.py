import io

stream = io.BytesIO()
writer = io.BufferedWriter(stream, 4)
writer.write(b"abcdefghij")
writer.flush()
print(stream.getvalue())
reader = io.BufferedReader(io.BytesIO(b"line one\nline two\nrest"))
print(reader.peek(4)[:4], reader.readline(), reader.read1(4), reader.read())
text = io.TextIOWrapper(io.BytesIO(), encoding="utf-16", newline="\r\n", write_through=True)
text.write("a\nb")
print(text.buffer.getvalue(), text.encoding, text.line_buffering)
raw = io.BytesIO(b"0123456789")
raw.seek(-3, io.SEEK_END)
target = bytearray(2)
print(raw.readinto(target), target, raw.tell(), raw.getbuffer()[:2].tobytes())
try:
    stream.close(); stream.read()
except ValueError as error:
    print(error)
