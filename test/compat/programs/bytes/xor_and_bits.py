def xor(data, key):
    return bytes(b ^ key[i % len(key)] for i, b in enumerate(data))

cipher = xor(b"attack at dawn", b"key")
print(cipher.hex(), xor(cipher, b"key"))
flags = 0b1011
print([bit for bit in range(8) if flags >> bit & 1], bin(flags | 1 << 6), bin(flags & ~(1 << 1)), flags.bit_length())
print([f"{n ^ n >> 1:03b}" for n in range(8)])
words = [int.from_bytes(b"abcdefgh"[i:i + 4], "big") for i in (0, 4)]
print([hex(w) for w in words], int("11111111", 2), (300).to_bytes(2, "little"), bytes(3), bytes([65, 66]), b"a%sb" % b"--")
