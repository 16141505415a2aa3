"""Which dunder names `banDunders` refuses, and what to write instead."""
from __future__ import annotations

_PLAIN = frozenset(["__name__", "__doc__", "__file__"])

# What a class may define: methods that the language calls by itself. To call them there are operators and builtins.
METHODS = frozenset(
    "__init__ __post_init__ __repr__ __str__ __format__ __bytes__ __bool__ __hash__ __len__ __iter__ __next__ "
    "__reversed__ __contains__ __getitem__ __setitem__ __delitem__ __missing__ __call__ __enter__ __exit__ __eq__ "
    "__ne__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __iadd__ __sub__ __rsub__ __isub__ __mul__ __rmul__ "
    "__imul__ __matmul__ __truediv__ __rtruediv__ __itruediv__ __floordiv__ __rfloordiv__ __mod__ __rmod__ "
    "__divmod__ __pow__ __rpow__ __neg__ __pos__ __abs__ __invert__ __and__ __or__ __xor__ __lshift__ __rshift__ "
    "__int__ __float__ __complex__ __index__ __round__ __trunc__ __floor__ __ceil__ __aenter__ __aexit__ __aiter__ "
    "__anext__ __await__".split()
)

_INSTEAD = {
    "__class__": "type(x)",
    "__dict__": "the attributes by name",
    "__import__": "an import statement",
    "__builtins__": "the builtin by its name",
    "__len__": "len(x)",
    "__str__": "str(x)",
    "__repr__": "repr(x)",
    "__bool__": "bool(x)",
    "__hash__": "hash(x)",
    "__iter__": "iter(x)",
    "__next__": "next(x)",
    "__contains__": "the operator in",
    "__getitem__": "x[key]",
    "__setitem__": "x[key] = value",
    "__delitem__": "del x[key]",
    "__call__": "x()",
    "__getattribute__": "x.name",
    "__getattr__": "x.name",
    "__setattr__": "x.name = value",
    "__init__": "super().__init__() in a method, or a call of the class",
}


def is_refused(name: str) -> bool:
    return len(name) > 4 and name.startswith("__") and name.endswith("__") and name not in _PLAIN


def hint(name: str) -> str:
    instead = _INSTEAD.get(name)
    return "Set banDunders: false to allow it." if instead is None else f"Use {instead}, or set banDunders: false."


def in_format(text: str) -> str | None:
    """The first dunder attribute in a text for `str.format`, such as `{0.__class__}`."""
    for field in text.split("{")[1:]:
        for part in field.partition("}")[0].replace("[", ".").split("."):
            name = part.partition("!")[0].partition(":")[0]
            if is_refused(name):
                return name
    return None
