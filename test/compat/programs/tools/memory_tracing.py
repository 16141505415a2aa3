import tracemalloc

tracemalloc.start()
before = tracemalloc.take_snapshot()
data = [bytes(1000) for _ in range(100)]
after = tracemalloc.take_snapshot()
growth = sum(stat.size_diff for stat in after.compare_to(before, "lineno") if stat.size_diff > 0)
current, peak = tracemalloc.get_traced_memory()
print(growth > 100_000, current > 100_000, peak >= current, len(data))
print(tracemalloc.get_object_traceback(data[0]) is not None, tracemalloc.is_tracing())
tracemalloc.stop()
