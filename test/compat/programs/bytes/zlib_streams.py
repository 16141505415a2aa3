import zlib

data = b"".join(b"line %d of some text\n" % n for n in range(500))
for level in (0, 1, 6, 9):
    print(level, zlib.decompress(zlib.compress(data, level)) == data, len(zlib.compress(data, level)) < len(data) + 100)
compressor = zlib.compressobj(wbits=-15)
raw = b"".join(compressor.compress(data[i:i + 100]) for i in range(0, len(data), 100)) + compressor.flush()
decompressor = zlib.decompressobj(-15)
first = decompressor.decompress(raw, 50)
print(first, len(decompressor.unconsumed_tail) > 0, decompressor.eof)
print(zlib.crc32(data), zlib.adler32(data))
try:
    zlib.decompress(b"not zlib")
except zlib.error as error:
    print(error)
