class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name)
    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, not {value}")
        setattr(instance, self.name, value)

class Box:
    width, height = Positive(), Positive()
    def __init__(self, width, height):
        self.width, self.height = width, height
    @property
    def area(self):
        return self.width * self.height
    @area.setter
    def area(self, value):
        self.width = value / self.height
    @area.deleter
    def area(self):
        print("deleting")

box = Box(2, 3)
box.area = 12
print(box.width, box.area, type(Box.width).__name__, sorted(vars(box)))
del box.area
for bad in (0, -1):
    try:
        box.width = bad
    except ValueError as error:
        print(error)
