import requests
from requests.adapters import BaseAdapter

class Canned(BaseAdapter):
    def send(self, request, **options):
        response = requests.Response()
        response.status_code = 404 if "missing" in request.url else 200
        response._content = b'{"path": "%s"}' % request.path_url.encode()
        response.headers["Content-Type"] = "application/json"
        response.url, response.request, response.encoding = request.url, request, "utf-8"
        return response
    def close(self):
        pass

session = requests.Session()
session.mount("mock://", Canned())
session.headers["X-Token"] = "t"
response = session.get("mock://api/items", params={"q": "a b"})
print(response.json(), response.ok, response.request.headers["X-Token"])
try:
    session.get("mock://api/missing").raise_for_status()
except requests.HTTPError as error:
    print(error)
for url in ("http://127.0.0.1:9/", "http://192.0.2.1/"):
    try:
        requests.get(url, timeout=0.2)
    except requests.RequestException as error:
        print(isinstance(error, requests.ConnectionError))
prepared = requests.Request("POST", "https://example.org/x", json={"a": 1}, auth=("u", "p")).prepare()
print(prepared.method, prepared.body, prepared.headers["Authorization"], requests.codes.teapot, requests.utils.quote("ä b"))
