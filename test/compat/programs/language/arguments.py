def f(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs

print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{"d": 0, "a": "kw"}))
for call in (lambda: f(1), lambda: f(), lambda: f(1, d=1, d2=2, **{"e": 1}), lambda: f(d=1)):
    try:
        print(call())
    except TypeError as error:
        print("TypeError:", error)
def outer(*args, sep=", "):
    return sep.join(map(str, args))
print(outer(1, *range(2, 4), *"ab", sep="-"), f.__defaults__, f.__kwdefaults__)
