class UnionFind:
    def __init__(self, size):
        self.parent, self.size = list(range(size)), [1] * size

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return True

edges = sorted([(7, 0, 1), (5, 1, 2), (8, 0, 3), (9, 1, 3), (7, 1, 4), (5, 2, 4), (15, 3, 4), (6, 3, 5), (8, 4, 5)])
forest = UnionFind(6)
tree = [edge for edge in edges if forest.union(edge[1], edge[2])]
print(tree, sum(weight for weight, _, _ in tree), len({forest.find(i) for i in range(6)}))
