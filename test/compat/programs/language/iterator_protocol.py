class Countdown:
    def __init__(self, start):
        self.start = start
    def __iter__(self):
        return CountdownIterator(self.start)
    def __reversed__(self):
        return iter(range(1, self.start + 1))
    def __contains__(self, item):
        return 0 < item <= self.start
    def __len__(self):
        return self.start
    def __getitem__(self, index):
        return list(self)[index]

class CountdownIterator:
    def __init__(self, current):
        self.current = current
    def __iter__(self):
        return self
    def __next__(self):
        if self.current <= 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1

c = Countdown(5)
print(list(c), list(reversed(c)), 3 in c, 9 in c, len(c), c[1:3], max(c), [*c][:2])
print(next(iter(Countdown(0)), "empty"), list(iter(iter([1, 2, 0, 3]).__next__, 0)), list(zip(c, "ab")), dict(enumerate(c)))
