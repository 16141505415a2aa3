import hashlib

for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"):
    print(f"{name:<9} {hashlib.new(name, b'The quick brown fox').hexdigest()[:40]}")
print(hashlib.shake_128(b"x").hexdigest(8), hashlib.blake2b(b"m", key=b"k", digest_size=8).hexdigest())
running = hashlib.sha256()
for chunk in (b"The quick ", b"brown fox"):
    running.update(chunk)
print(running.hexdigest() == hashlib.sha256(b"The quick brown fox").hexdigest(), running.block_size, running.name)
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000).hex())
print(hashlib.scrypt(b"password", salt=b"salt", n=16, r=8, p=1, dklen=16).hex())
