import builtins
import io
from contextlib import redirect_stdout

answers = iter(["Ada", "42"])
real_input, real_print = builtins.input, builtins.print
builtins.input = lambda prompt="": next(answers)
name, age = input("name? "), int(input("age? "))
builtins.input = real_input
print(f"hello {name}, {age + 1} next year", input is real_input)
lines = []
builtins.print = lambda *values, **options: lines.append(" ".join(map(str, values)))
print("kept", 1)
builtins.print = real_print
builtins.shared_everywhere = 7
print(lines, shared_everywhere, len(lines))
del builtins.shared_everywhere
try:
    shared_everywhere
except NameError as error:
    print(error)
