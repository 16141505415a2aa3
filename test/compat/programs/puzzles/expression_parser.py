import re

class Parser:
    def __init__(self, text):
        self.tokens = re.findall(r"\d+\.?\d*|[-+*/^()]", text)
    def peek(self):
        return self.tokens[0] if self.tokens else None
    def sum(self):
        value = self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.tokens.pop(0) == "+" else value - self.product()
        return value
    def product(self):
        value = self.power()
        while self.peek() in ("*", "/"):
            value = value * self.power() if self.tokens.pop(0) == "*" else value / self.power()
        return value
    def power(self):
        value = self.atom()
        if self.peek() == "^":
            self.tokens.pop(0)
            value **= self.power()
        return value
    def atom(self):
        token = self.tokens.pop(0)
        if token == "-":
            return -self.atom()
        if token == "(":
            value = self.sum()
            self.tokens.pop(0)
            return value
        return float(token)

for text in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-4 / (2 - 4)", "10 - 2 - 3"):
    print(f"{text} = {Parser(text).sum():g}")
