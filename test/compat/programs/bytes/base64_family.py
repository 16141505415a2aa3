import base64
import binascii

data = bytes(range(0, 250, 7))
for encode, decode in ((base64.b64encode, base64.b64decode), (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode), (base64.a85encode, base64.a85decode), (base64.b85encode, base64.b85decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode)):
    text = encode(data)
    print(encode.__name__, len(text), text[:24], decode(text) == data)
try:
    base64.b64decode("abc", validate=True)
except binascii.Error as error:
    print("error:", error)
print(data.hex("-", 4), bytes.fromhex("de ad be ef"), binascii.unhexlify("cafe"))
