import binascii
import mimetypes
import quopri

types = mimetypes.MimeTypes()
for name in ("a.html", "b.tar.gz", "c.json", "d.png", "e.unknownext", "f.csv"):
    print(name, types.guess_type(name))
encoded = quopri.encodestring("naïve café = 100% déjà vu".encode())
print(encoded, quopri.decodestring(encoded).decode())
print(binascii.b2a_uu(b"uu data"), binascii.a2b_uu(binascii.b2a_uu(b"uu data")), binascii.crc_hqx(b"abc", 0))
