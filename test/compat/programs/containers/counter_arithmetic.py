from collections import Counter

a, b = Counter("abracadabra"), Counter(a=2, b=3, z=1)
print(sorted((a + b).items()), sorted((a - b).items()), sorted((a & b).items()), sorted((a | b).items()))
a.subtract(b)
print(sorted(a.items()), sorted((+a).items()), sorted((-a).items()))
a.update("aaa")
print(a["a"], a["missing"], sum(Counter(a=3, b=2).elements() and Counter(a=3, b=2).values()))
print(sorted(Counter(x=2, y=1).elements()), Counter(words := "x y x".split()).most_common(), words)
