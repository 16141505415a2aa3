from collections import UserDict, UserList, UserString
from collections.abc import MutableMapping, Sequence

class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

class Every(Sequence):
    def __init__(self, *items):
        self.items = items
    def __len__(self):
        return len(self.items)
    def __getitem__(self, index):
        return self.items[index]

headers = Lower({"Content-Type": "text/plain"}, HOST="x")
print(headers, isinstance(headers, MutableMapping), "host" in headers)
every = Every(3, 1, 3)
print(list(reversed(every)), every.index(1), every.count(3), 2 in every)
print(UserList([1, 2]) + [3], UserString("abc").upper())
