import gc
import weakref

class Thing:
    def __init__(self, name):
        self.name = name

events = []
a, b = Thing("a"), Thing("b")
reference = weakref.ref(a, lambda r: events.append("a died"))
cache = weakref.WeakValueDictionary(a=a, b=b)
keys = weakref.WeakKeyDictionary({a: 1, b: 2})
finalizer = weakref.finalize(b, events.append, "b finalized")
print(reference() is a, sorted(cache), len(keys), finalizer.alive)
del a, b
gc.collect()
print(reference(), sorted(cache), len(keys), events, finalizer.alive)
x, y = Thing("x"), Thing("y")
x.other, y.other = y, x
probe = weakref.ref(x)
gc.disable()
del x, y
print(probe() is not None, gc.collect() > 0, probe())
