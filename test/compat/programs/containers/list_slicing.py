numbers = list(range(10))
print(numbers[2:5], numbers[::-2], numbers[-3:], numbers[:-8:-1])
numbers[2:5] = ["a", "b"]
print(numbers)
numbers[::3] = [0] * len(numbers[::3])
del numbers[1:3]
print(numbers, numbers.index(0), numbers.count(0))
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)], [x for row in matrix for x in row if x % 2], sum(matrix, []))
first, *middle, last = "abcdef"
print(first, middle, last, slice(1, 10, 2).indices(5), sorted(["b", "A", "c"], key=str.lower, reverse=True))
