import bisect

def grade(score, breakpoints=(60, 70, 80, 90), grades="FDCBA"):
    return grades[bisect.bisect(breakpoints, score)]

print([grade(score) for score in (33, 99, 77, 70, 89, 90, 100)])
values = []
for value in (5, 1, 4, 1, 3):
    bisect.insort(values, value)
print(values, bisect.bisect_left(values, 1), bisect.bisect_right(values, 1))
records = sorted([("b", 2), ("a", 3), ("c", 1)], key=lambda r: r[1])
keys = [r[1] for r in records]
print(records[bisect.bisect_left(keys, 2)])
