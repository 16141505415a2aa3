import struct

Header = struct.Struct("<4sHBxI")
print(Header.size, struct.calcsize("@iq") >= 12)
packed = Header.pack(b"PUNG", 1, 7, 4096) + b"".join(struct.pack(">hf", n, n / 4) for n in range(-1, 3))
print(packed.hex(" "))
magic, version, flags, length = Header.unpack_from(packed)
print(magic, version, flags, length, list(struct.iter_unpack(">hf", packed[Header.size:])))
buffer = bytearray(8)
struct.pack_into("!H", buffer, 3, 0xABCD)
print(buffer, struct.unpack("?3b", b"\x01\xff\x02\x80"), struct.pack("5p", b"abc"))
try:
    struct.pack("B", 300)
except struct.error as error:
    print("error:", error)
