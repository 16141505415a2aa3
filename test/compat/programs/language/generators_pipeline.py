def numbers():
    n = 0
    while True:
        received = yield n
        n = received if received is not None else n + 1

def squares(source):
    for n in source:
        yield n * n

def chain(*iterables):
    for iterable in iterables:
        result = yield from iterable
        print("returned", result)

def limited(limit):
    for n in range(limit):
        yield n
    return "limit reached"

g = numbers()
print(next(g), next(g), g.send(10), next(g))
g.close()
print(list(chain(limited(2), limited(1))), sum(squares(range(10))))
broken = limited(3)
next(broken)
try:
    broken.throw(ValueError("inside"))
except ValueError as error:
    print(error, list(broken))
print((lambda: (yield))().send(None), [x for x in (i for i in range(9)) if x % 3 == 0])
