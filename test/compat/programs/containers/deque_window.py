from collections import deque

def moving_maximum(values, size):
    window = deque()
    for i, value in enumerate(values):
        while window and values[window[-1]] <= value:
            window.pop()
        window.append(i)
        if window[0] == i - size:
            window.popleft()
        if i >= size - 1:
            yield values[window[0]]

print(list(moving_maximum([1, 3, -1, -3, 5, 3, 6, 7], 3)))
d = deque("abcde", maxlen=5)
d.rotate(2)
d.append("f")
d.appendleft("z")
print(d, d.index("e"), d.count("f"), list(reversed(d)))
d.extendleft([1, 2])
print(list(d), d.maxlen)
