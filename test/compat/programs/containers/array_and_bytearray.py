import array
import sys

a = array.array("i", [1, 2, 3])
a.extend(range(4, 7))
a.insert(0, 0)
print(a, a.itemsize, a.tobytes()[:8], a.index(3), a[1:3])
if sys.byteorder == "little":
    a.byteswap()
    print(a[1])
    a.byteswap()
try:
    a.append(2 ** 40)
except OverflowError as error:
    print("error:", error)
b = bytearray(b"hello world")
b[0:5] = b"HELLO"
view = memoryview(b)
view[6:7] = b"W"
print(b, view[-5:].tobytes(), view.nbytes, view.readonly, array.array("d", [1.5, 2]).tolist())
