import os
from unittest import mock

class Client:
    def fetch(self, url):
        raise RuntimeError("no network")

with mock.patch.object(Client, "fetch", side_effect=["one", ValueError("two")]) as fetch:
    client = Client()
    print(client.fetch("a"))
    try:
        client.fetch("b")
    except ValueError as error:
        print("raised", error)
    print(fetch.call_args_list, fetch.call_count)
with mock.patch.dict(os.environ, {"MODE": "test"}):
    print(os.environ["MODE"])
print("MODE" in os.environ)
magic = mock.MagicMock(name="magic")
magic.__len__.return_value = 3
magic.a.b.c("x")
print(len(magic), magic.mock_calls, mock.call(1, k=2) == mock.call(1, k=2))
with mock.patch("builtins.open", mock.mock_open(read_data="l1\nl2")):
    print(open("nothing").read().split())
