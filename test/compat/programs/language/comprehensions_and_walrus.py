import re

matrix = [[r * 3 + c for c in range(3)] for r in range(3)]
print([row[i] for i, row in enumerate(matrix)], {r: {c for c in row if c % 2} for r, row in enumerate(matrix)})
data = ["a=1", "bad", "b=2"]
print({m[1]: int(m[2]) for item in data if (m := re.match(r"(\w)=(\d)", item))})
total = 0
print([total := total + n for n in range(5)], total)
while (n := len(data)) > 1:
    print("popping", data.pop(), n)
print([*range(3), *"ab"], {**{"a": 1}, "b": 2}, (*"xy",), [y for x in [[1], [2, 3]] for y in x], any(x > 2 for x in range(5)), all([]))
