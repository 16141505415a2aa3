import math

n = math.factorial(100)
print(n, len(str(n)), n.bit_length(), n % 1_000_007)
print(pow(3, 10 ** 18, 998244353), pow(17, -1, 3120), math.isqrt(10 ** 40 + 7))
print((2 ** 127 - 1).to_bytes(16, "big").hex(), int.from_bytes(b"\xff" * 9, "little", signed=True))
print(int("zz", 36), f"{10 ** 20:_}", hex(-255), (10 ** 30) // 7, -(10 ** 30) % 7)
print((5).bit_count() if hasattr(int, "bit_count") else bin(5).count("1"), ~5, 5 ^ 3, 1 << 70)
