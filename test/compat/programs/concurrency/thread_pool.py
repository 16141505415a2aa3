import threading
import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError, as_completed, wait

def work(n):
    if n == 3:
        raise ValueError("three is bad")
    return n * n

with ThreadPoolExecutor(max_workers=4, thread_name_prefix="pool") as pool:
    print(list(pool.map(pow, [2, 3, 4], [5, 2, 1])))
    futures = {pool.submit(work, n): n for n in range(5)}
    outcomes = {}
    for future in as_completed(futures):
        outcomes[futures[future]] = repr(future.exception()) if future.exception() else future.result()
    print(sorted(outcomes.items()))
    done, pending = wait([pool.submit(threading.current_thread)])
    print(next(iter(done)).result().name.startswith("pool"), len(pending))
    slow = pool.submit(time.sleep, 0.2)
    try:
        slow.result(timeout=0.01)
    except TimeoutError:
        print("too slow", slow.done())
print(slow.done(), slow.cancel())
