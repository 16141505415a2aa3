from collections import Counter
import re

CORPUS = "the spelling of words and the correction of the words that are spelled wrong is something that the corrector does"
COUNTS = Counter(re.findall(r"\w+", CORPUS))
LETTERS = "abcdefghijklmnopqrstuvwxyz"

def edits(word):
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in splits if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1)
    yield from (left + c + right[1:] for left, right in splits if right for c in LETTERS)
    yield from (left + c + right for left, right in splits for c in LETTERS)

def correct(word):
    known = sorted({w for w in edits(word) if w in COUNTS} if word not in COUNTS else {word})
    return max(known, key=lambda w: COUNTS[w], default=word)

for word in ("teh", "speling", "wrods", "corector", "thaat", "zzz"):
    print(word, "->", correct(word))
