import pickle
import pickletools
import io

class Account:
    def __init__(self, owner, balance):
        self.owner, self.balance, self.cache = owner, balance, {}
    def __getstate__(self):
        return {"owner": self.owner, "balance": self.balance}
    def __setstate__(self, state):
        self.__dict__.update(state, cache="restored")
    def __repr__(self):
        return f"Account({self.owner!r}, {self.balance}, {self.cache!r})"

shared = Account("ada", 10)
for protocol in (0, 2, pickle.HIGHEST_PROTOCOL):
    a, b, n = pickle.loads(pickle.dumps([shared, shared, 2 ** 70], protocol))
    print(protocol, a, a is b, n)

class Safe(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} is forbidden")

try:
    Safe(io.BytesIO(pickle.dumps(shared))).load()
except pickle.UnpicklingError as error:
    print(error)
print([op.name for op, _, _ in pickletools.genops(pickle.dumps((1, "a"), 2))])
