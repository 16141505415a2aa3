import enum

class Colour(enum.Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def describe(self):
        return f"{self.name.lower()} is {self.value}"

class Permission(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    BOTH = READ | WRITE

class Level(enum.IntEnum):
    LOW = 10
    HIGH = 20

@enum.unique
class Word(str, enum.Enum):
    A = "a"

print(list(Colour), Colour.CRIMSON is Colour.RED, Colour["GREEN"].describe(), Colour(2).name, list(Colour.__members__))
print(Permission.BOTH.value, Permission.READ in Permission.BOTH, (Permission.BOTH & ~Permission.READ).name)
print(Level.HIGH > Level.LOW, Level.LOW + 1, Word("a") == "a", Word.A.value.upper())
try:
    Colour(9)
except ValueError as error:
    print(error)
