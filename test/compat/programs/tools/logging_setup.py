import io
import logging
import logging.handlers

stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)-8s %(name)s:%(lineno)d %(message)s"))
root = logging.getLogger("app")
root.setLevel(logging.INFO)
root.propagate = False
root.addHandler(handler)
child = logging.getLogger("app.db")
child.debug("not shown")
child.info("connected to %s in %.1f ms", "db", 1.25)
child.warning("extra", extra={"user": "ada"})
try:
    1 / 0
except ZeroDivisionError:
    child.exception("failed")
root.addFilter(lambda record: "secret" not in record.getMessage())
root.error("a secret")
print(stream.getvalue().splitlines()[:3], stream.getvalue().splitlines()[-1], sep="\n")
memory = logging.handlers.MemoryHandler(10, target=handler)
print(child.getEffectiveLevel(), child.hasHandlers(), logging.getLevelName(35), memory.capacity, len(stream.getvalue().splitlines()) > 4)
