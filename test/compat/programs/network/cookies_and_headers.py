import http.client
import http.cookies
import io
from http import HTTPStatus

cookie = http.cookies.SimpleCookie("session=abc123; theme=dark")
cookie["session"]["httponly"] = True
cookie["session"]["max-age"] = 3600
print(sorted(cookie), cookie["theme"].value)
print(cookie.output(header="Set-Cookie:"))
headers = http.client.parse_headers(io.BytesIO(b"Content-Type: text/html; charset=utf-8\r\nX-A: 1\r\nX-A: 2\r\n\r\n"))
print(headers.get_content_charset(), headers.get_all("x-a"), HTTPStatus(404).phrase, HTTPStatus.IM_A_TEAPOT.value if hasattr(HTTPStatus, "IM_A_TEAPOT") else 418)

class Fake:
    def makefile(self, *_):
        return io.BytesIO(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")

response = http.client.HTTPResponse(Fake())
response.begin()
print(response.status, response.reason, response.read())
