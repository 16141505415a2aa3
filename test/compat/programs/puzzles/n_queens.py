def queens(n, columns=()):
    row = len(columns)
    if row == n:
        yield columns
        return
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(columns)):
            yield from queens(n, columns + (column,))

print([sum(1 for _ in queens(n)) for n in range(1, 8)])
for column in next(queens(8)):
    print(" ".join("Q" if c == column else "." for c in range(8)))
