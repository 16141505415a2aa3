import inspect

def first():
    return 1

class Thing:
    def method(self):
        # a comment
        return [first()]

print(inspect.getsource(first))
print(inspect.getsource(Thing.method))
print(inspect.getsourcelines(Thing.method)[1], inspect.getmodule(first).__name__, first.__code__.co_firstlineno)
print([name for name, _ in inspect.getmembers(Thing, inspect.isfunction)], inspect.getcomments(first))
