from collections import OrderedDict

class Lru:
    def __init__(self, size):
        self.size, self.items, self.misses = size, OrderedDict(), 0

    def get(self, key, make):
        if key in self.items:
            self.items.move_to_end(key)
            return self.items[key]
        self.misses += 1
        value = self.items[key] = make(key)
        if len(self.items) > self.size:
            print("evicted", self.items.popitem(last=False))
        return value

cache = Lru(2)
print([cache.get(key, str.upper) for key in "abacab"], cache.misses, list(cache.items))
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), dict(a=1, b=2) == dict(b=2, a=1))
