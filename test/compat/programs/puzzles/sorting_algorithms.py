import random

def quick(v):
    return v if len(v) < 2 else quick([x for x in v[1:] if x < v[0]]) + [v[0]] + quick([x for x in v[1:] if x >= v[0]])

def merge(v):
    if len(v) < 2:
        return v
    a, b, out = merge(v[:len(v) // 2]), merge(v[len(v) // 2:]), []
    while a and b:
        out.append(a.pop(0) if a[0] <= b[0] else b.pop(0))
    return out + a + b

def bubble(v):
    v = v[:]
    for end in range(len(v) - 1, 0, -1):
        for i in range(end):
            if v[i] > v[i + 1]:
                v[i], v[i + 1] = v[i + 1], v[i]
    return v

def counting(v):
    counts = [0] * (max(v) + 1)
    for x in v:
        counts[x] += 1
    return [x for x, n in enumerate(counts) for _ in range(n)]

values = random.Random(3).sample(range(500), 60)
for sort in (quick, merge, bubble, counting):
    print(sort.__name__, sort(values) == sorted(values), sort(values)[:5])
