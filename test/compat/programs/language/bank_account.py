class InsufficientFunds(Exception):
    pass

class Account:
    def __init__(self, owner, balance=0):
        self.owner, self.balance, self.history = owner, balance, []
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("deposit must be positive")
        self.balance += amount
        self.history.append(("deposit", amount))
    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(f"{self.owner} has {self.balance}, needs {amount}")
        self.balance -= amount
        self.history.append(("withdraw", amount))
    def transfer(self, other, amount):
        self.withdraw(amount)
        other.deposit(amount)

ada, bob = Account("Ada", 100), Account("Bob")
ada.transfer(bob, 30)
for action in (lambda: bob.withdraw(50), lambda: ada.deposit(-5)):
    try:
        action()
    except (InsufficientFunds, ValueError) as error:
        print(type(error).__name__, error)
print(ada.balance, bob.balance, ada.history, bob.history)
