import threading

events = []
barrier = threading.Barrier(3, action=lambda: events.append("all here"))
ready, gate = threading.Event(), threading.Semaphore(2)
condition, items = threading.Condition(), []

def meet(n):
    barrier.wait()
    with gate:
        pass
    ready.wait()
    with condition:
        items.append(n)
        condition.notify()

threads = [threading.Thread(target=meet, args=(n,)) for n in range(3)]
for t in threads:
    t.start()
ready.set()
with condition:
    print(condition.wait_for(lambda: len(items) == 3, timeout=5))
for t in threads:
    t.join()
print(events, sorted(items), barrier.broken, ready.is_set())
lock = threading.RLock()
with lock, lock:
    print("reentered", gate._value)
timer = threading.Timer(0.01, events.append, ["timer"])
timer.start()
timer.join()
print(events, threading.excepthook is not None)
