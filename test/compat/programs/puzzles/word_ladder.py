from collections import deque
from string import ascii_lowercase

WORDS = set("cold cord card ward warm word worm wore core corn care bare bark dark".split())

def ladder(start, goal):
    queue, seen = deque([(start,)]), {start}
    while queue:
        path = queue.popleft()
        if path[-1] == goal:
            return path
        word = path[-1]
        for i in range(len(word)):
            for letter in ascii_lowercase:
                following = word[:i] + letter + word[i + 1:]
                if following in WORDS and following not in seen:
                    seen.add(following)
                    queue.append((*path, following))

print(" -> ".join(ladder("cold", "warm")))
print(len(ladder("cold", "dark")), ladder("cold", "zzzz"))
