import heapq
from dataclasses import dataclass, field

@dataclass(order=True)
class Task:
    priority: int
    name: str = field(compare=False)

heap = []
for priority, name in [(5, "write"), (1, "urgent"), (3, "read"), (2, "plan")]:
    heapq.heappush(heap, Task(priority, name))
while heap:
    print(heapq.heappop(heap))
print(heapq.nlargest(3, [4, 8, 1, 9]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len))
print(list(heapq.merge([1, 4, 7], [2, 5], [3])), heapq.heappushpop([3, 5], 1), heapq.heapreplace([1, 5], 4))
