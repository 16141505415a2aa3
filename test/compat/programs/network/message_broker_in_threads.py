import json
import socket
import threading

def serve(connection, store):
    with connection, connection.makefile("rw") as stream:
        for line in stream:
            command = json.loads(line)
            if command["op"] == "set":
                store[command["key"]] = command["value"]
                reply = {"ok": True}
            else:
                reply = {"ok": command["key"] in store, "value": store.get(command["key"])}
            stream.write(json.dumps(reply) + "\n")
            stream.flush()

client, server = socket.socketpair()
store = {}
thread = threading.Thread(target=serve, args=(server, store))
thread.start()
with client, client.makefile("rw") as stream:
    for command in ({"op": "set", "key": "a", "value": [1, 2]}, {"op": "get", "key": "a"}, {"op": "get", "key": "zz"}):
        stream.write(json.dumps(command) + "\n")
        stream.flush()
        print(json.loads(stream.readline()))
thread.join()
print(store, thread.is_alive())
