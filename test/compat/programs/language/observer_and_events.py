from collections import defaultdict
from typing import Callable

class Bus:
    def __init__(self) -> None:
        self.handlers: defaultdict[str, list[Callable]] = defaultdict(list)
    def on(self, name):
        def register(handler):
            self.handlers[name].append(handler)
            return handler
        return register
    def emit(self, name, **data):
        return [handler(**data) for handler in self.handlers[name]]

bus = Bus()

@bus.on("order")
def charge(id, amount):
    return f"charged {amount} for {id}"

@bus.on("order")
def ship(id, **_):
    return f"shipped {id}"

print(bus.emit("order", id=7, amount=12.5), bus.emit("nothing"), sorted(bus.handlers))
