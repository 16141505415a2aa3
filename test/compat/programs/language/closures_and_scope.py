def counter():
    count = 0
    def increment(by=1):
        nonlocal count
        count += by
        return count
    return increment

a, b = counter(), counter()
print(a(), a(5), b(), a.__closure__[0].cell_contents)
late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])
x = "global"
def outer():
    x = "outer"
    def inner():
        global x
        x = "changed"
        return x
    return inner(), x
print(outer(), x, [x * 2 for x in range(3)], x)
def default(item, bucket=[]):
    bucket.append(item)
    return bucket
default(1)
print(default(2), (lambda *args, **kw: (args, kw))(1, 2, k=3))
