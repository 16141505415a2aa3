"""Round trips of a message from a child by way of this process to descriptor 3 and back: the floor of a call to Node."""
import os
import select
import socket
import sys
import time

MESSAGE = b"x" * 60

near, far = socket.socketpair()
node = socket.socket(fileno=3)
if os.fork() == 0:
    near.close()
    node.close()
    for _ in range(int(sys.argv[1])):
        start = time.perf_counter()
        far.sendall(MESSAGE)
        far.recv(4096)
        print((time.perf_counter() - start) * 1000)
    sys.stdout.flush()
    os._exit(0)
far.close()
poll = select.poll()
poll.register(near, select.POLLIN)
poll.register(node, select.POLLIN)
while True:
    for descriptor, _ in poll.poll():
        source, target = (near, node) if descriptor == near.fileno() else (node, near)
        data = source.recv(4096)
        if not data:
            sys.exit()
        target.sendall(data)
