def pascal(rows):
    row = [1]
    for _ in range(rows):
        yield row
        row = [a + b for a, b in zip([0, *row], [*row, 0])]

def spiral(n):
    grid, r, c, dr, dc = [[0] * n for _ in range(n)], 0, 0, 0, 1
    for value in range(1, n * n + 1):
        grid[r][c] = value
        if not (0 <= r + dr < n and 0 <= c + dc < n and grid[r + dr][c + dc] == 0):
            dr, dc = dc, -dr
        r, c = r + dr, c + dc
    return grid

for row in pascal(7):
    print(" ".join(f"{v:2}" for v in row).center(30))
print("\n".join(" ".join(f"{v:2}" for v in row) for row in spiral(5)))
