import cProfile
import io
import pstats
import timeit

def work():
    return sum(helper(n) for n in range(50))

def helper(n):
    return n * n

print(timeit.timeit("x + 1", setup="x = 1", number=1000) >= 0, len(timeit.repeat(work, number=1, repeat=3)), timeit.default_timer() > 0)
profile = cProfile.Profile()
print(profile.runcall(work))
out = io.StringIO()
stats = pstats.Stats(profile, stream=out).sort_stats("name")
stats.print_stats("helper|work")
calls = {key[2]: value[1] for key, value in stats.stats.items()}
print(calls["helper"], calls["work"], "function calls" in out.getvalue())
