import secrets
import string
import uuid

token = secrets.token_hex(16)
print(len(token), all(c in string.hexdigits for c in token), len(secrets.token_bytes(8)), 0 <= secrets.randbelow(10) < 10)
password = "".join(secrets.choice(string.ascii_letters) for _ in range(12))
print(len(password), password.isalpha(), secrets.compare_digest("a", "a"), secrets.token_urlsafe() != secrets.token_urlsafe())
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "http://x"))
u = uuid.UUID("{12345678-1234-5678-1234-567812345678}")
print(u.int, u.hex, u.version, u.variant, u.bytes_le.hex(), uuid.uuid4().version, uuid.uuid4() != uuid.uuid4())
