from itertools import groupby
import re

def encode(text):
    return "".join(f"{len(list(group))}{key}" for key, group in groupby(text))

def decode(text):
    return "".join(int(count) * key for count, key in re.findall(r"(\d+)(\D)", text))

for text in ["WWWWWBBBWWWWC", "aaaa", "abc", "x" * 112]:
    code = encode(text)
    print(code, decode(code) == text, round(len(code) / len(text), 2))
