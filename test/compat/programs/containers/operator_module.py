import operator as op

rows = [{"name": "b", "age": 2}, {"name": "a", "age": 2}, {"name": "c", "age": 1}]
print([r["name"] for r in sorted(rows, key=op.itemgetter("age", "name"))])
print(op.attrgetter("real", "imag")(3 + 4j), op.methodcaller("split", ",")("a,b"), op.itemgetter(slice(1, 3))("abcd"))
print(op.add(2, 3), op.mul("ab", 2), op.contains([1, 2], 2), op.countOf([1, 1, 2], 1), op.indexOf("abc", "c"), op.truth([]))
values = [1, 2]
values = op.iadd(values, [3])
op.setitem(values, 0, "first")
op.delitem(values, 1)
print(values, op.index(True), op.length_hint(iter([1, 2, 3])), op.matmul.__name__, op.floordiv(-7, 2), op.not_(0))
