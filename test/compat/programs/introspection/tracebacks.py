import sys
import traceback

def inner(n):
    if n == 0:
        raise ValueError("deep problem")
    inner(n - 1)

try:
    inner(3)
except ValueError as error:
    frames = traceback.extract_tb(error.__traceback__)
    print([(frame.name, frame.lineno, frame.line) for frame in frames])
    print(traceback.format_exception_only(type(error), error))
    print(traceback.format_exc().splitlines()[0], sys.exc_info()[0].__name__)
try:
    try:
        {}["a"]
    except KeyError as first:
        raise RuntimeError("second") from first
except RuntimeError as error:
    text = "".join(traceback.TracebackException.from_exception(error).format())
    print(text.count("Traceback"), "direct cause" in text)
print([summary.name for summary in traceback.extract_stack()][-1])
