from collections import Counter
from fractions import Fraction
from itertools import product

prior = {"fair": Fraction(9, 10), "loaded": Fraction(1, 10)}
six = {"fair": Fraction(1, 6), "loaded": Fraction(1, 2)}
for roll in (6, 6, 2, 6):
    likelihood = {coin: six[coin] if roll == 6 else (1 - six[coin]) / 5 for coin in prior}
    total = sum(prior[c] * likelihood[c] for c in prior)
    prior = {c: prior[c] * likelihood[c] / total for c in prior}
    print(roll, {c: f"{float(p):.4f}" for c, p in prior.items()})
sums = Counter(map(sum, product(range(1, 7), repeat=3)))
print([(total, str(Fraction(count, 216))) for total, count in sorted(sums.items())[:4]], max(sums.values()))
