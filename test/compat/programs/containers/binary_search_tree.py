class Tree:
    def __init__(self):
        self.root = None

    def insert(self, key):
        if self.root is None:
            self.root = [key, None, None]
            return
        node = self.root
        while node[0] != key:
            side = 1 if key < node[0] else 2
            if node[side] is None:
                node[side] = [key, None, None]
            node = node[side]

    def __iter__(self):
        def visit(node):
            if node:
                yield from visit(node[1])
                yield node[0]
                yield from visit(node[2])
        return visit(self.root)

    def height(self, node=False):
        node = self.root if node is False else node
        return 0 if node is None else 1 + max(self.height(node[1]), self.height(node[2]))

tree = Tree()
for key in [50, 30, 70, 20, 40, 60, 80, 30]:
    tree.insert(key)
print(list(tree), tree.height(), tree.root[1][0], 60 in tree)
