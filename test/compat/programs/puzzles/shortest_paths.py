import heapq

GRAPH = {"A": {"B": 4, "C": 2}, "B": {"C": 5, "D": 10}, "C": {"E": 3}, "E": {"D": 4}, "D": {"F": 11}, "F": {}}

def dijkstra(start):
    distance, previous, heap = {start: 0}, {}, [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > distance[node]:
            continue
        for neighbour, weight in GRAPH[node].items():
            if d + weight < distance.get(neighbour, float("inf")):
                distance[neighbour], previous[neighbour] = d + weight, node
                heapq.heappush(heap, (d + weight, neighbour))
    return distance, previous

distance, previous = dijkstra("A")
path = ["F"]
while path[-1] != "A":
    path.append(previous[path[-1]])
print(distance, "->".join(reversed(path)))
nodes = sorted(GRAPH)
d = {(a, b): 0 if a == b else GRAPH[a].get(b, float("inf")) for a in nodes for b in nodes}
for k in nodes:
    for a in nodes:
        for b in nodes:
            d[a, b] = min(d[a, b], d[a, k] + d[k, b])
print([[d[a, b] for b in nodes] for a in nodes[:3]])
