import itertools as it

print(list(it.islice(it.count(10, 3), 4)), list(it.takewhile(lambda x: x < 5, [1, 4, 6, 1])), list(it.dropwhile(str.isalpha, "ab1c")))
print(["".join(p) for p in it.permutations("abc", 2)], list(it.combinations([1, 2, 3], 2)), list(it.combinations_with_replacement("ab", 2)))
print(list(it.product([0, 1], repeat=2)), list(it.zip_longest("ab", "xyz", fillvalue="-")), list(it.starmap(pow, [(2, 3), (3, 2)])))
print(list(it.accumulate([3, 1, 4, 1, 5], max)), list(it.compress("abcdef", [1, 0, 1, 0, 1, 1])), list(it.filterfalse(lambda x: x % 2, range(6))))
a, b = it.tee(iter("abc"))
next(b)
print(list(zip(a, b)), [(k, len(list(g))) for k, g in it.groupby(sorted("mississippi"))], list(it.chain.from_iterable([[1], [2, 3]])))
print(list(it.pairwise([1, 2, 3])) if hasattr(it, "pairwise") else "", list(it.repeat("x", 3)), next(it.cycle("ab")))
