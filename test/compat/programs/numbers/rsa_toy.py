p, q, e = 1_000_003, 1_000_033, 65537
n, phi = p * q, (p - 1) * (q - 1)
d = pow(e, -1, phi)
message = int.from_bytes(b"hello", "big")
print(message < n, n, d)
cipher = pow(message, e, n)
plain = pow(cipher, d, n)
print(cipher, plain == message, plain.to_bytes(5, "big") if plain == message else plain)
