import threading

class Counter:
    def __init__(self):
        self.value, self.lock = 0, threading.Lock()
    def work(self, times):
        for _ in range(times):
            with self.lock:
                self.value += 1

counter = Counter()
threads = [threading.Thread(target=counter.work, args=(1000,), name=f"worker-{n}", daemon=n % 2 == 0) for n in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter.value, [t.name for t in threads[:2]], any(t.is_alive() for t in threads), threading.current_thread().name, threading.active_count())
local = threading.local()
local.x = 1
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
t.start()
t.join()
print(seen, local.x, counter.lock.acquire(timeout=0.01), counter.lock.locked())
