class Animal:
    count = 0
    def __init__(self, name):
        self.name = name
        Animal.count += 1
    def speak(self):
        return f"{self.name} makes {self.sound()}"
    def sound(self):
        return "no sound"
    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

class Dog(Animal):
    def sound(self):
        return "woof, then " + super().sound()

class Robot:
    def charge(self):
        return "charging"

class RoboDog(Dog, Robot):
    def __init__(self, name, model):
        super().__init__(name)
        self.model = model

pets = [Animal("x"), Dog("Rex"), RoboDog("Aibo", 7)]
for pet in pets:
    print(pet, pet.speak(), isinstance(pet, Dog))
print(Animal.count, [c.__name__ for c in RoboDog.__mro__], pets[2].charge(), vars(pets[2]))
