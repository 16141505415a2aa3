import os
import stat

os.makedirs("a/b/c")
open("a/one.txt", "w").close()
os.symlink("one.txt", "a/link")
os.link("a/one.txt", "a/hard")
print(os.readlink("a/link"), os.path.islink("a/link"), os.stat("a/hard").st_nlink, os.path.samefile("a/one.txt", "a/hard"))
for directory, folders, names in os.walk("a"):
    print(directory, sorted(folders), sorted(names))
os.truncate("a/one.txt", 10)
print(os.path.getsize("a/one.txt"), stat.S_ISDIR(os.stat("a/b").st_mode))
os.replace("a/hard", "a/b/hard")
os.removedirs("a/b/c") if not os.listdir("a/b/c") else None
with os.scandir("a") as entries:
    print(sorted((entry.name, entry.is_dir()) for entry in entries))
print(os.path.splitext("x.tar.gz"), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b", "/a/c/d"), os.path.expandvars("$NOTHING"))
