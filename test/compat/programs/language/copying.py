import copy

class Node:
    def __init__(self, value, children=()):
        self.value, self.children = value, list(children)
    def __copy__(self):
        return Node(f"copy of {self.value}", self.children)
    def __deepcopy__(self, memo):
        return Node(f"deep {self.value}", copy.deepcopy(self.children, memo))

tree = Node("root", [Node("a"), Node("b")])
shallow, deep = copy.copy(tree), copy.deepcopy(tree)
tree.children[0].value = "changed"
print(shallow.value, shallow.children[0].value, deep.value, deep.children[0].value)
cycle = [1, {"k": (2, [3])}]
cycle.append(cycle)
clone = copy.deepcopy(cycle)
print(clone[2] is clone, clone[1] == cycle[1], clone[1] is not cycle[1])
grid = [[0] * 2] * 2
grid[0][0] = 1
print(grid, [row[:] for row in grid], copy.copy((1, 2)) == (1, 2))
