from urllib.parse import parse_qs, parse_qsl, quote, unquote_plus, urlencode, urljoin, urlsplit, urlunsplit

parts = urlsplit("https://user:pw@example.org:8443/a/b;p?q=1&q=2&r=%C3%A4#frag")
print(parts.scheme, parts.hostname, parts.port, parts.username, parts.path, parts.query, parts.fragment)
print(parse_qs(parts.query), parse_qsl("a=1&b=&c", keep_blank_values=True))
print(urlencode({"q": "a b&c", "list": [1, 2]}, doseq=True), quote("/päth?x", safe="/"), unquote_plus("a+b%20c"))
print(urljoin("http://a/b/c/d", "../x"), urljoin("http://a/b/", "//h/y"), urlunsplit(("http", "h", "/p", "q=1", "")))
print(parts._replace(netloc="h", fragment="").geturl())
