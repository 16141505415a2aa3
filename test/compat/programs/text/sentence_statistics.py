import re
import statistics

TEXT = """Call me Ishmael. Some years ago, never mind how long precisely, having little or no money in my purse,
and nothing particular to interest me on shore, I thought I would sail about a little! Is that strange? No."""
sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+", TEXT) if s.strip()]
lengths = [len(re.findall(r"\w+", s)) for s in sentences]
for sentence, length in zip(sentences, lengths):
    print(length, sentence.replace("\n", " ")[:40])
print(statistics.mean(lengths), statistics.median(lengths), round(statistics.stdev(lengths), 3))
vowels = sum(c in "aeiou" for c in TEXT.lower())
print(vowels, f"{vowels / len(TEXT):.1%}")
