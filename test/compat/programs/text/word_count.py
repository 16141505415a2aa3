import re
from collections import Counter

text = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief."""
words = re.findall(r"[a-z']+", text.lower())
for word, count in Counter(words).most_common(6):
    print(f"{word:<12}{count:>3} {'#' * count}")
print(len(words), len(set(words)), max(words, key=len))
