from __future__ import annotations

import typing
from typing import Callable, Generic, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, get_type_hints, runtime_checkable

T = TypeVar("T")

class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []
    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self

@runtime_checkable
class Closeable(Protocol):
    def close(self) -> None: ...

class Movie(TypedDict, total=False):
    title: str
    year: int

class Pair(NamedTuple):
    left: int
    right: str = "r"

def apply(function: Callable[[int], str], value: Optional[int] = None) -> Union[str, None]:
    return function(value) if value is not None else None

print(Stack[int]().push(1).items, isinstance(open("x", "w"), Closeable), isinstance(3, Closeable))
print(get_type_hints(apply), sorted(Movie.__annotations__), Movie(title="x"), Pair(1))
print(typing.get_origin(dict[str, int]), typing.get_args(Union[int, str]), list[int], typing.Literal["a", "b"])
