import ssl

context = ssl.create_default_context()
print(context.verify_mode.name, context.check_hostname, len(context.get_ciphers()) > 5)
plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
plain.check_hostname = False
plain.verify_mode = ssl.CERT_NONE
plain.minimum_version = ssl.TLSVersion.TLSv1_2
print(plain.minimum_version.name, ssl.OPENSSL_VERSION.split()[0], ssl.HAS_TLSv1_3)
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
client = plain.wrap_bio(incoming, outgoing, server_hostname="example.org")
try:
    client.do_handshake()
except ssl.SSLWantReadError:
    hello = outgoing.read()
    print("client hello", hello[0], len(hello) > 100, b"example.org" in hello)
