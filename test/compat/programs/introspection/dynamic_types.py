import types

def method(self, factor):
    return self.value * factor

Cls = types.new_class("Cls", (), {}, lambda namespace: namespace.update(value=21, scale=method))
instance = Cls()
instance.bound = types.MethodType(lambda self: f"bound to {type(self).__name__}", instance)
print(instance.scale(2), instance.bound(), Cls.__name__, isinstance(method, types.FunctionType))
space = types.SimpleNamespace(a=1, b=[2])
space.c = 3
print(space, vars(space), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1))
proxy = types.MappingProxyType({"k": 1})
try:
    proxy["k"] = 2
except TypeError as error:
    print(error)
module = types.ModuleType("made", "doc")
exec("def f(): return __name__", vars(module))
print(module.f(), module.__doc__, types.GenericAlias(list, (int,)), type(None) is types.NoneType if hasattr(types, "NoneType") else "")
