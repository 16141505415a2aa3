"""Real Python functions of what the host says of its own: signature, annotations, docstring."""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# What a parameter without a default of its own has; left out of the call, as is None in its place.
_LEFT_OUT = None


def make_pair(orders: dict, call: Callable, call_async: Callable, namespace: dict) -> tuple:
    """The function and its `_async` twin. Their globals are the program's, so that they count as its own."""
    last = orders["name"].rpartition(".")[2]
    made: dict = {}
    exec(compile(_source(last, orders["parameters"]), f"<function {orders['name']}>", "exec"), namespace, made)  # noqa: S102
    defaults = [each.get("default", _LEFT_OUT) for each in orders["parameters"]]
    pair = made["_pungi_make"](call, call_async, defaults)
    for function in pair:
        function.__doc__ = orders["doc"] or None
        function.__qualname__ = orders["name"].rpartition(".")[0] + "." * ("." in orders["name"]) + function.__name__
        hints = {each["name"]: each["type"] for each in orders["parameters"]}
        function.__annotations__ = {**hints, "return": orders["returns"]}
    return pair


def _source(name: str, parameters: list[dict]) -> str:
    """Names are identifiers, and none begins with `_pungi`: the host has checked them."""
    signature, values, rest, more = [], [], "()", "{}"
    for index, each in enumerate(parameters):
        if each["kind"] == "rest":
            signature.append(f"*{each['name']}")
            rest = each["name"]
        elif each["kind"] == "more":
            signature.append(f"**{each['name']}")
            more = each["name"]
        else:
            signature.append(each["name"] if each["required"] else f"{each['name']}=_pungi_defaults[{index}]")
            values.append(each["name"])
    call = f"([{', '.join(values)}], {rest}, {more})"
    return (
        "def _pungi_make(_pungi_call, _pungi_call_async, _pungi_defaults):\n"
        f" def {name}({', '.join(signature)}): return _pungi_call{call}\n"
        f" async def {name}_async({', '.join(signature)}): return await _pungi_call_async{call}\n"
        f" return {name}, {name}_async\n"
    )


def arguments_of(parameters: list[dict], values: list, rest: tuple, more: dict) -> dict:
    """What the call is given, by name. What may be left out is left out where it is None."""
    plain = [each for each in parameters if each["kind"] == "plain"]
    arguments = {
        each["name"]: value for each, value in zip(plain, values) if each["required"] or value is not _LEFT_OUT
    }
    arguments.update((each["name"], list(rest)) for each in parameters if each["kind"] == "rest" and rest)
    arguments.update(more)
    return arguments
