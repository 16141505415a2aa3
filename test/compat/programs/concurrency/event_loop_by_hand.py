import heapq
from collections import deque

class Loop:
    def __init__(self):
        self.ready, self.sleeping, self.now, self.serial = deque(), [], 0, 0
    def spawn(self, task):
        self.ready.append(task)
    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.now, _, task = heapq.heappop(self.sleeping)
                self.ready.append(task)
            task = self.ready.popleft()
            try:
                delay = task.send(None)
            except StopIteration:
                continue
            self.serial += 1
            heapq.heappush(self.sleeping, (self.now + delay, self.serial, task))

loop = Loop()
def countdown(name, count, delay):
    for n in range(count, 0, -1):
        print(f"t={loop.now:<3} {name} {n}")
        yield delay
loop.spawn(countdown("a", 3, 4))
loop.spawn(countdown("b", 4, 2))
loop.run()
