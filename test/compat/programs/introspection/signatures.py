import inspect

def area(width: float, height: float = 1.0, *, unit: str = "cm", **rest) -> str:
    """Area of a rectangle.

    More text.
    """
    return f"{width * height}{unit}"

signature = inspect.signature(area)
for name, parameter in signature.parameters.items():
    print(name, parameter.kind.name, parameter.default is inspect.Parameter.empty, parameter.annotation)
bound = signature.bind(2, unit="m", extra=1)
bound.apply_defaults()
print(signature, bound.arguments, inspect.getdoc(area).splitlines()[-1])
print(inspect.isfunction(area), inspect.isgeneratorfunction(lambda: (yield)), inspect.getfullargspec(area).kwonlydefaults)
