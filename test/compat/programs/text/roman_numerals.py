NUMERALS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]

def to_roman(number):
    out = []
    for value, numeral in NUMERALS:
        count, number = divmod(number, value)
        out.append(numeral * count)
    return "".join(out)

def from_roman(text):
    values = dict((n, v) for v, n in NUMERALS)
    total = 0
    for here, after in zip(text, text[1:] + " "):
        value = values[here]
        total += -value if values.get(after, 0) > value else value
    return total

for number in (4, 9, 58, 1994, 2024, 3999):
    print(number, to_roman(number), from_roman(to_roman(number)))
assert all(from_roman(to_roman(n)) == n for n in range(1, 4000))
