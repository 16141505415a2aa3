import selectors
import socket
import struct

left, right = socket.socketpair()
left.sendall(struct.pack("!I", 5) + b"hello")
(length,) = struct.unpack("!I", right.recv(4))
print(length, right.recv(length), left.fileno() != right.fileno())
selector = selectors.DefaultSelector()
selector.register(right, selectors.EVENT_READ, "right side")
print(selector.select(0))
left.send(b"wake")
print([(key.data, mask) for key, mask in selector.select(1)], right.recv(10))
right.settimeout(0.01)
try:
    right.recv(1)
except socket.timeout as error:
    print("timeout:", error)
left.shutdown(socket.SHUT_WR)
print(right.recv(1), socket.htons(1), socket.inet_aton("127.0.0.1"), socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"))
left.close(), right.close()
