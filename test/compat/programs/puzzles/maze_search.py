from collections import deque

MAZE = """#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......E#
#########""".splitlines()

def find(letter):
    return next((r, c) for r, row in enumerate(MAZE) for c, cell in enumerate(row) if cell == letter)

def search(start, goal):
    queue, came = deque([start]), {start: None}
    while queue:
        here = queue.popleft()
        if here == goal:
            break
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            there = here[0] + dr, here[1] + dc
            if MAZE[there[0]][there[1]] != "#" and there not in came:
                came[there] = here
                queue.append(there)
    path = []
    while goal:
        path.append(goal)
        goal = came[goal]
    return path[::-1]

path = search(find("S"), find("E"))
print(len(path) - 1, path[:3])
for r, row in enumerate(MAZE):
    print("".join("*" if (r, c) in path and cell == "." else cell for c, cell in enumerate(row)))
