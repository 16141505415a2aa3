from string import Formatter, Template

class Defaults(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)
    def format_field(self, value, spec):
        return value.upper() if spec == "upper" else super().format_field(value, spec)

formatter = Defaults()
for person in ({"name": "Ada", "due": 12.5}, {"name": "Bob"}):
    print(formatter.format("Dear {name:upper}, please pay {due}. {0}", "Thanks.", **person))
print(Template("$a ${b}c $$").substitute(a=1, b=2), "{:>{width}.{digits}f}".format(3.14159, width=8, digits=2))
