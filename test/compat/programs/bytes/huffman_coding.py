import heapq
from collections import Counter

def codes(text):
    heap = [(count, i, symbol) for i, (symbol, count) in enumerate(sorted(Counter(text).items()))]
    heapq.heapify(heap)
    serial = len(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a[0] + b[0], serial, (a[2], b[2])))
        serial += 1
    out = {}
    def visit(node, prefix):
        if isinstance(node, tuple):
            visit(node[0], prefix + "0")
            visit(node[1], prefix + "1")
        else:
            out[node] = prefix or "0"
    visit(heap[0][2], "")
    return out

text = "this is an example of a huffman tree"
table = codes(text)
bits = "".join(table[c] for c in text)
for symbol in sorted(table, key=lambda s: (len(table[s]), s))[:6]:
    print(repr(symbol), table[symbol])
print(len(bits), len(text) * 8)
