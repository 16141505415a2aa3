import functools
import operator

@functools.lru_cache(maxsize=2)
def square(n):
    print("computing", n)
    return n * n

print([square(n) for n in (1, 2, 1, 3, 2)], square.cache_info())
parse = functools.partial(int, base=2)
print(parse("1011"), functools.reduce(operator.xor, [1, 2, 3, 4]), parse.keywords)

@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))
    def __eq__(self, other):
        return self.parts == other.parts
    def __lt__(self, other):
        return self.parts < other.parts

print(Version("1.10") > Version("1.9"), max(map(Version, ["1.2", "1.10.1"])).parts)

@functools.singledispatch
def describe(value):
    return "object"

describe.register(int, lambda value: "integer")
describe.register(list, lambda value: f"list of {len(value)}")
print(describe(3), describe([1, 2]), describe("x"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
