import heapq
import random
import statistics

rng = random.Random(11)
arrivals, clock = [], 0.0
for _ in range(500):
    clock += rng.expovariate(1.0)
    arrivals.append(clock)
servers = [0.0, 0.0]
waits = []
for arrival in arrivals:
    free = heapq.heappop(servers)
    start = max(arrival, free)
    waits.append(start - arrival)
    heapq.heappush(servers, start + rng.expovariate(0.7))
print(f"mean wait {statistics.mean(waits):.4f} max {max(waits):.4f} zero {sum(w == 0 for w in waits)}")
