import pathlib
import urllib.request

path = pathlib.Path("page.html").resolve()
path.write_text("<title>local</title>")
with urllib.request.urlopen(path.as_uri()) as response:
    print(response.read(), response.headers["Content-type"], response.headers["Content-length"])
print(urllib.request.pathname2url("/a b/c"), urllib.request.url2pathname("/a%20b"))
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
opener.addheaders = [("User-agent", "test")]
print(opener.addheaders, sorted(type(h).__name__ for h in opener.handlers)[:4])
