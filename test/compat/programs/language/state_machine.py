from enum import Enum, auto

class State(Enum):
    IDLE = auto()
    HAS_COIN = auto()
    VENDING = auto()

TABLE = {
    (State.IDLE, "coin"): (State.HAS_COIN, "coin accepted"),
    (State.HAS_COIN, "coin"): (State.HAS_COIN, "coin returned"),
    (State.HAS_COIN, "select"): (State.VENDING, "preparing"),
    (State.VENDING, "done"): (State.IDLE, "enjoy"),
}
state = State.IDLE
for event in ["select", "coin", "coin", "select", "coin", "done"]:
    following, message = TABLE.get((state, event), (state, "ignored"))
    print(f"{state.name:>8} --{event}--> {following.name}: {message}")
    state = following
