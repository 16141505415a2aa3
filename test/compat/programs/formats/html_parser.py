from html import escape, unescape
from html.parser import HTMLParser

class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.text, self.open = [], [], []
    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
    def handle_endtag(self, tag):
        self.open.pop()
    def handle_data(self, data):
        if data.strip():
            self.text.append(("/".join(self.open), data.strip()))

parser = Links()
parser.feed("<html><body><h1>Title &amp; more</h1><p>See <a href='/one'>one</a> or <a href=two?x=1&amp;y=2>two</a>.</p></body></html>")
print(parser.links)
print(*parser.text, sep="\n")
print(escape("<a href='x'>\"&\"</a>"), unescape("&lt;&eacute;&#8364;&notanentity;"))
