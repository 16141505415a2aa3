import fnmatch
import glob
import os

for name in ("a1.txt", "a2.txt", "b.log", ".hid.txt", "sub/c.txt", "sub/deep/d.txt", "we[ird].txt"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").close()
print(sorted(glob.glob("*.txt")), sorted(glob.glob("a[0-9].*")), sorted(glob.glob("**/*.txt", recursive=True)))
print(sorted(glob.iglob("sub/*")), glob.glob(glob.escape("we[ird].txt")), glob.glob("none*"), glob.glob("?.log"))
print(fnmatch.fnmatch("Foo.TXT", "*.txt"), fnmatch.fnmatchcase("foo.txt", "f??.t*"), fnmatch.filter(["x.py", "y.c"], "*.py"), fnmatch.translate("*.txt"))
