import fcntl
import os
import select

with open("lock", "w") as first, open("lock", "w") as second:
    fcntl.flock(first, fcntl.LOCK_EX)
    try:
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("second must wait")
    fcntl.flock(first, fcntl.LOCK_UN)
    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("second has it now")
read_end, write_end = os.pipe()
print(select.select([read_end], [], [], 0)[0], os.write(write_end, b"through the pipe"))
print(select.select([read_end], [], [], 0)[0] == [read_end], os.read(read_end, 7), os.get_blocking(read_end))
copy = os.dup(read_end)
os.close(read_end)
print(os.read(copy, 100), os.isatty(copy), fcntl.fcntl(copy, fcntl.F_GETFD) & fcntl.FD_CLOEXEC)
