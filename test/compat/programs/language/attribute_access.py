class Record:
    def __init__(self, **data):
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "log", [])
    def __getattr__(self, name):
        self.log.append(f"get {name}")
        try:
            return self._data[name]
        except KeyError:
            raise AttributeError(name) from None
    def __setattr__(self, name, value):
        self.log.append(f"set {name}")
        self._data[name] = value
    def __delattr__(self, name):
        del self._data[name]
    def __dir__(self):
        return sorted(self._data)

r = Record(a=1, b=2)
r.c = r.a + r.b
del r.b
print(r.c, hasattr(r, "b"), getattr(r, "zzz", "default"), dir(r), r.log)
setattr(r, "dynamic key", 5)
print(getattr(r, "dynamic key"), r._data)
