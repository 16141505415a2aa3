GRID = "530070000600195000098000060800060003400803001700020006060000280000419005000080079"

def candidates(cells, i):
    row, column = divmod(i, 9)
    used = set(cells[row * 9:row * 9 + 9]) | set(cells[column::9])
    corner = row // 3 * 27 + column // 3 * 3
    for r in range(3):
        used |= set(cells[corner + r * 9:corner + r * 9 + 3])
    return [d for d in "123456789" if d not in used]

def solve(cells):
    blanks = [i for i, c in enumerate(cells) if c == "0"]
    if not blanks:
        return cells
    i = min(blanks, key=lambda i: len(candidates(cells, i)))
    for digit in candidates(cells, i):
        if answer := solve(cells[:i] + [digit] + cells[i + 1:]):
            return answer
    return None

solution = "".join(solve(list(GRID)))
for row in range(0, 81, 9):
    print(" ".join(solution[row:row + 9]))
