ITEMS = [("map", 9, 150), ("compass", 13, 35), ("water", 153, 200), ("sandwich", 50, 160), ("glucose", 15, 60), ("tin", 68, 45), ("banana", 27, 60), ("camera", 32, 30), ("towel", 18, 12)]

def knapsack(items, capacity):
    best = [(0, ())] * (capacity + 1)
    for name, weight, value in items:
        for room in range(capacity, weight - 1, -1):
            total, chosen = best[room - weight]
            if total + value > best[room][0]:
                best[room] = (total + value, chosen + (name,))
    return best[capacity]

for capacity in (50, 150, 300):
    value, names = knapsack(ITEMS, capacity)
    print(capacity, value, ", ".join(names))
def coins(amount, kinds):
    ways = [1] + [0] * amount
    for kind in kinds:
        for n in range(kind, amount + 1):
            ways[n] += ways[n - kind]
    return ways[amount]
print(coins(100, [1, 5, 10, 25, 50]), coins(7, [2, 4]))
