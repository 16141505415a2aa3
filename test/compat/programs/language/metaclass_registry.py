class Registry(type):
    plugins = {}
    def __new__(meta, name, bases, namespace, **options):
        cls = super().__new__(meta, name, bases, namespace)
        if bases:
            meta.plugins[options.get("key", name.lower())] = cls
        return cls
    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
    def __call__(cls, *args):
        instance = super().__call__(*args)
        instance.made_by = "metaclass"
        return instance

class Plugin(metaclass=Registry):
    def __init_subclass__(cls, **options):
        super().__init_subclass__()
        cls.options = options

class Csv(Plugin, key="csv-reader"):
    pass

class Json(Plugin):
    pass

print(sorted(Registry.plugins), Csv.options, Json().made_by, type(Csv) is Registry)
Dynamic = type("Dynamic", (), {"x": 1, "double": lambda self: self.x * 2})
print(Dynamic().double(), Dynamic.__name__, Dynamic.__bases__)
