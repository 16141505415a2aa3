from abc import ABC, abstractmethod

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @classmethod
    def unit(cls):
        return cls(1)
    @staticmethod
    def pretty(value):
        return f"{value:.2f}"

class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side ** 2

class Duck:
    def area(self):
        return 7

Shape.register(Duck)
print(Square.unit().area(), Shape.pretty(Square(3).area()), isinstance(Duck(), Shape), issubclass(Duck, Shape))
try:
    Shape()
except TypeError as error:
    print(str(error).split(" with")[0])
print(sorted(Shape.__abstractmethods__), Square.__abstractmethods__)
