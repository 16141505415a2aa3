from collections import Counter
import random

RANKS = "23456789TJQKA"

def classify(hand):
    ranks = sorted((RANKS.index(card[0]) for card in hand), reverse=True)
    counts = sorted(Counter(ranks).values(), reverse=True)
    flush = len({card[1] for card in hand}) == 1
    straight = len(set(ranks)) == 5 and (ranks[0] - ranks[4] == 4 or ranks == [12, 3, 2, 1, 0])
    names = {(4, 1): "four of a kind", (3, 2): "full house", (3, 1, 1): "three of a kind", (2, 2, 1): "two pairs", (2, 1, 1, 1): "pair"}
    if straight and flush:
        return "straight flush"
    return names.get(tuple(counts)) or ("flush" if flush else "straight" if straight else "high card")

for hand in ("AS KS QS JS TS", "2H 2D 2C KC KD", "5H 4D 3C 2C AD", "9H 9D 4C 4S 2D"):
    print(hand, "->", classify(hand.split()))
deck = [rank + suit for rank in RANKS for suit in "CDHS"]
rng = random.Random(1)
print(sorted(Counter(classify(rng.sample(deck, 5)) for _ in range(3000)).items()))
