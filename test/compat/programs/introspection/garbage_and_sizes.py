import gc
import sys

class Node:
    pass

print(gc.isenabled(), sys.getsizeof([]) < sys.getsizeof([1] * 10), sys.getrefcount(object()) >= 1)
nodes = [Node() for _ in range(10)]
for a, b in zip(nodes, nodes[1:] + nodes[:1]):
    a.next = b
del nodes, a, b
print(gc.collect() >= 10, gc.garbage, gc.get_threshold()[0] > 0)
tracked = {"x": []}
print(gc.is_tracked(tracked), gc.is_tracked(5), tracked in gc.get_referrers(tracked["x"]), sys.intern("abc") is sys.intern("abc"))
