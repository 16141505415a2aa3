import builtins
import pydoc
import rlcompleter

class Documented:
    """A class with words."""
    limit = 3
    def method(self, x: int) -> str:
        """Turns x into text."""
        return str(x)

text = pydoc.plaintext.document(Documented, "Documented")
print([line for line in text.splitlines() if "words" in line or "method(" in line or "limit" in line])
print(pydoc.splitdoc("Summary.\n\nBody"), pydoc.locate("json.dumps").__name__, pydoc.locate("no.such"))
completer = rlcompleter.Completer({"spam": 1, "spare": 2})
print(sorted(m for m in (completer.complete("spa", n) for n in range(2)) if m), hasattr(builtins, "print"))
print(pydoc.render_doc(len, renderer=pydoc.plaintext).splitlines()[2])
