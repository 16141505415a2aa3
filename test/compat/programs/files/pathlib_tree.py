from pathlib import Path, PurePosixPath, PureWindowsPath

root = Path("project")
for name in ("src/app.py", "src/lib/util.py", "tests/test_app.py", "README.md", "data/.hidden"):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {name}\n" * 3)
print(sorted(p.as_posix() for p in root.rglob("*.py")), sorted(p.name for p in root.iterdir()))
print((root / "src/app.py").read_text().count("#"), sum(p.stat().st_size for p in root.rglob("*") if p.is_file()))
p = root / "src" / "lib" / "util.py"
print(p.parts, p.suffix, p.stem, p.with_suffix(".txt"), p.relative_to(root), p.parents[1], p.match("lib/*.py"))
p.rename(root / "moved.py")
print(p.exists(), (root / "moved.py").is_file(), (root / "src/lib").rmdir(), PureWindowsPath(r"C:\a\b.txt").drive, PurePosixPath("/a/../b"))
try:
    (root / "src").rmdir()
except OSError as error:
    print(error.strerror)
