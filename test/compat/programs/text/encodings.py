text = "Grüße, мир, 世界 🌍"
for encoding in ("utf-8", "utf-16-le", "utf-32-be", "utf-7", "punycode"):
    data = text.encode(encoding)
    print(encoding, len(data), data[:12].hex(), data.decode(encoding) == text)
print("Grüße".encode("latin-1"), "naïve".encode("cp1252"), "Я".encode("koi8-r"))
print(text.encode("ascii", "replace"), text[:5].encode("ascii", "xmlcharrefreplace"), "ü".encode("ascii", "backslashreplace"))
try:
    b"\xff\xfe\xfa".decode("utf-8")
except UnicodeDecodeError as error:
    print(error)
print(b"\xffok".decode("utf-8", "ignore"), "münchen.de".encode("idna"))
