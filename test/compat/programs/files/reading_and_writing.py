import os

with open("numbers.txt", "w") as file:
    print(*range(5), sep="\n", file=file)
    print(file.tell(), file.mode, file.writable(), file.readable())
with open("numbers.txt", "a+") as file:
    file.write("99\n")
    file.seek(0)
    print([int(line) for line in file])
with open("numbers.txt", "r+b") as file:
    file.seek(2)
    file.write(b"X")
    file.seek(-3, os.SEEK_END)
    print(file.read(), os.fstat(file.fileno()).st_size)
with open("numbers.txt", newline="") as file:
    print(repr(file.read(4)), repr(file.readline()), file.readlines(3))
for mode, name in (("x", "numbers.txt"), ("r", "absent.txt")):
    try:
        open(name, mode)
    except OSError as error:
        print(type(error).__name__, error.errno, error.filename)
