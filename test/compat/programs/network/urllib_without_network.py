import urllib.error
import urllib.request

for url in ("http://127.0.0.1:9/", "http://192.0.2.1/x"):
    try:
        urllib.request.urlopen(url, timeout=0.2)
        print("reached", url)
    except urllib.error.URLError as error:
        print("URLError", url, isinstance(error.reason, OSError))
for url in ("no scheme", "gopher://x/"):
    try:
        urllib.request.urlopen(url)
    except (ValueError, urllib.error.URLError) as error:
        print(type(error).__name__, error)
request = urllib.request.Request("http://example.org/a?b=1", data=b"x=1", headers={"X-Test": "yes"}, method="PUT")
print(request.get_method(), request.host, request.selector, request.headers, urllib.request.urlopen("data:text/plain,hello%20there").read())
