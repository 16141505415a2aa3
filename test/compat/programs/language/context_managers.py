import contextlib

@contextlib.contextmanager
def section(name):
    print("enter", name)
    try:
        yield name.upper()
    except KeyError as error:
        print("swallowed", error)
    finally:
        print("leave", name)

class Resource:
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        print("closing after", kind.__name__ if kind else None)
        return False

with section("a") as a, section("b") as b:
    print(a, b)
    {}["missing"]
with contextlib.ExitStack() as stack:
    for n in range(3):
        stack.callback(print, "callback", n)
    stack.enter_context(Resource())
with contextlib.suppress(ZeroDivisionError):
    1 / 0
with contextlib.closing(open("f", "w")) as file, contextlib.nullcontext(5) as five:
    print(file.closed, five)
print(file.closed)
