import queue
import threading

jobs, results = queue.Queue(maxsize=3), queue.SimpleQueue()

def producer():
    for n in range(12):
        jobs.put(n)
    for _ in range(3):
        jobs.put(None)

def consumer():
    while (n := jobs.get()) is not None:
        results.put((n, n ** 2))
        jobs.task_done()

threads = [threading.Thread(target=t) for t in (producer, consumer, consumer, consumer)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results.get() for _ in range(results.qsize())))
order = queue.PriorityQueue()
for item in [(3, "c"), (1, "a"), (2, "b")]:
    order.put(item)
print([order.get()[1] for _ in range(3)], queue.LifoQueue().empty())
try:
    order.get(timeout=0.01)
except queue.Empty as error:
    print("empty", type(error).__name__)
