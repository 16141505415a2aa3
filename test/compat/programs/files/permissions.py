import os
import stat

with open("script.sh", "w") as file:
    file.write("#!/bin/sh\n")
os.chmod("script.sh", 0o640)
os.makedirs("locked")
print(os.access("script.sh", os.R_OK), os.access("absent", os.F_OK), stat.filemode(0o100755), stat.S_IMODE(0o100644) == 0o644)
before = os.umask(0o077)
os.umask(before)
print(oct(before) != "", os.path.isdir("locked"), os.stat("script.sh").st_size)
descriptor = os.open("low.bin", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
os.write(descriptor, b"0123456789")
os.lseek(descriptor, 3, os.SEEK_SET)
print(os.read(descriptor, 4), os.pread(descriptor, 2, 8), os.fstat(descriptor).st_size)
os.ftruncate(descriptor, 4)
os.fsync(descriptor)
os.close(descriptor)
print(os.stat("low.bin").st_size)
