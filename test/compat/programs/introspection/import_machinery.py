import importlib
import importlib.util
import sys
from pathlib import Path

Path("mypackage").mkdir()
Path("mypackage/__init__.py").write_text("from .part import VALUE\n__all__ = ['VALUE']\n")
Path("mypackage/part.py").write_text("VALUE = 41\ndef bump():\n    global VALUE\n    VALUE += 1\n    return VALUE\n")
sys.path.insert(0, ".")
import mypackage.part

print(mypackage.VALUE, mypackage.part.bump(), "mypackage.part" in sys.modules)
Path("mypackage/part.py").write_text("VALUE = 'changed entirely'\n")
importlib.invalidate_caches()
print(importlib.reload(mypackage.part).VALUE)
spec = importlib.util.spec_from_file_location("direct", "mypackage/part.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.VALUE, importlib.util.find_spec("nothing_here"), importlib.import_module("json").__name__)
try:
    import nothing_here
except ModuleNotFoundError as error:
    print(error, error.name)
