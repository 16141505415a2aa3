import http.server
import io

class Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, raw):
        self.rfile, self.wfile, self.client_address = io.BytesIO(raw), io.BytesIO(), ("test", 0)
        self.handle_one_request()
    def do_GET(self):
        body = f"path={self.path} agent={self.headers['User-Agent']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def date_time_string(self, timestamp=None):
        return "Thu, 01 Jan 1970 00:00:00 GMT"
    def log_message(self, format, *args):
        print("log:", format % args)

for raw in (b"GET /a?b=1 HTTP/1.1\r\nUser-Agent: t\r\n\r\n", b"POST / HTTP/1.0\r\n\r\n", b"BROKEN\r\n\r\n"):
    reply = Handler(raw).wfile.getvalue()
    print(reply.split(b"\r\n")[0][:60], reply.rsplit(b"\r\n", 1)[-1][:30])
