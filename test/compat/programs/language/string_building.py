import io
import sys

rows = []
for i in range(1, 6):
    rows.append(" ".join(f"{i * j:3d}" for j in range(1, 6)))
print("\n".join(rows))
print("a", "b", sep="", end="|\n", file=sys.stdout, flush=True)
sys.stdout.write("written\n")
sys.stdout.writelines(["x\n", "y\n"])
sys.stdout.flush()
sys.stdout.buffer.write("bytes ü\n".encode())
sys.stdout.flush()
print(*(c * 2 for c in "abc"), "tab\there", r"raw\n", "multi" "part", b"\x00\xff", '\N{SNOWMAN}')
buffer = io.StringIO()
print("into", "buffer", file=buffer)
print(repr(buffer.getvalue()), sys.stdout.encoding.lower(), sys.stdout.isatty())
