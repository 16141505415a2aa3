from dataclasses import FrozenInstanceError, KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, replace

@dataclass(frozen=True, order=True)
class Money:
    amount: int
    currency: str = "EUR"

@dataclass
class Order:
    id: int
    lines: list = field(default_factory=list)
    _: KW_ONLY
    discount: InitVar[float] = 0.0
    total: float = field(init=False, compare=False)
    def __post_init__(self, discount):
        self.total = sum(m.amount for m in self.lines) * (1 - discount)

order = Order(1, [Money(10), Money(5, "USD")], discount=0.1)
print(order, asdict(order), astuple(order.lines[0]), sep="\n")
print(sorted([Money(3), Money(1)]), replace(Money(1), currency="X"), [f.name for f in fields(order)], hash(Money(1)) == hash(Money(1)))
try:
    Money(1).amount = 2
except FrozenInstanceError as error:
    print(error)
