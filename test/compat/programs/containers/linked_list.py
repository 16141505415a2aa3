class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value, self.next = value, next

def build(values):
    head = None
    for value in reversed(values):
        head = Node(value, head)
    return head

def walk(node):
    while node:
        yield node.value
        node = node.next

def reverse(node):
    before = None
    while node:
        node.next, before, node = before, node, node.next
    return before

def merge(a, b):
    if not a or not b:
        return a or b
    if a.value > b.value:
        a, b = b, a
    a.next = merge(a.next, b)
    return a

print(list(walk(reverse(build([1, 2, 3, 4])))), list(walk(merge(build([1, 4, 6]), build([2, 3, 7])))))
