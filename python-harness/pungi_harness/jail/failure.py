"""The one exception that ends a worker before user code runs."""

from __future__ import annotations


class JailFailure(Exception):
    """A layer could not be applied or proved."""

    def __init__(self, layer: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.layer = layer
        self.message = message
        self.hint = hint

    def as_data(self) -> dict[str, str]:
        return {"layer": self.layer, "message": self.message, "hint": self.hint}


class layer:
    """Context that turns any error of a layer into a JailFailure naming it: nothing weakens in silence."""

    def __init__(self, name: str, hint: str = "") -> None:
        self.name = name
        self.hint = hint

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if error is None or isinstance(error, JailFailure) or not isinstance(error, Exception):
            return False
        raise JailFailure(self.name, f"{type(error).__name__}: {error}", self.hint) from error
