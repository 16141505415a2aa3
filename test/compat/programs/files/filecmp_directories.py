import filecmp
from pathlib import Path

for side, files in {"left": {"same": "x", "diff": "1", "only_l": ""}, "right": {"same": "x", "diff": "22", "only_r": ""}}.items():
    for name, text in files.items():
        path = Path(side, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
comparison = filecmp.dircmp("left", "right")
print(comparison.left_only, comparison.right_only, comparison.same_files, comparison.diff_files, sorted(comparison.common))
print(filecmp.cmp("left/same", "right/same", shallow=False), filecmp.cmpfiles("left", "right", ["same", "diff", "zzz"], shallow=False))
comparison.report()
