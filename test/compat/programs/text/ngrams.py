from collections import Counter

text = "the cat sat on the mat and the cat ate the rat"
words = text.split()

def ngrams(items, n):
    return zip(*(items[i:] for i in range(n)))

print(Counter(ngrams(words, 2)).most_common(3))
print(Counter("".join(gram) for gram in ngrams(text.replace(" ", ""), 3)).most_common(4))
model = {}
for a, b in ngrams(words, 2):
    model.setdefault(a, Counter())[b] += 1
print({word: followers.most_common(1)[0] for word, followers in sorted(model.items())})
