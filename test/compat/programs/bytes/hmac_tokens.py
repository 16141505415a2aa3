import base64
import hashlib
import hmac
import json

def sign(payload, key):
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")
    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")).encode())
    body = part(json.dumps(payload, separators=(",", ":")).encode())
    return b".".join([head, body, part(hmac.new(key, head + b"." + body, hashlib.sha256).digest())])

def verify(token, key):
    head, body, signature = token.split(b".")
    mine = base64.urlsafe_b64encode(hmac.digest(key, head + b"." + body, "sha256")).rstrip(b"=")
    return json.loads(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))) if hmac.compare_digest(mine, signature) else None

token = sign({"sub": "1234567890", "admin": True}, b"secret")
print(token.decode())
print(verify(token, b"secret"), verify(token, b"wrong"))
