def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[:2] = b"\0\0"
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n, flag in enumerate(flags) if flag]

primes = sieve(100_000)
print(len(primes), primes[:10], primes[-3:], sum(primes))
print([(p, p + 2) for p, q in zip(primes, primes[1:]) if q - p == 2][:5])
