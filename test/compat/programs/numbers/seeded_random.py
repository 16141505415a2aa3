import random

rng = random.Random(2024)
print([rng.randint(1, 6) for _ in range(10)], rng.random())
deck = list(range(10))
rng.shuffle(deck)
print(deck, rng.sample(range(100), 5), rng.choices("abc", weights=[1, 2, 7], k=10))
print([round(rng.gauss(0, 1), 6) for _ in range(4)], round(rng.betavariate(2, 3), 6), round(rng.expovariate(1.5), 6))
state = rng.getstate()
first = rng.getrandbits(64)
rng.setstate(state)
print(first == rng.getrandbits(64), rng.randbytes(4).hex(), round(rng.triangular(0, 10, 5), 6))
random.seed("text seed")
print(random.randrange(10 ** 9), round(random.uniform(-1, 1), 8))
