import xml.sax
from xml.dom import minidom

class Counter(xml.sax.ContentHandler):
    def __init__(self):
        super().__init__()
        self.counts, self.depth, self.deepest = {}, 0, 0
    def startElement(self, name, attributes):
        self.counts[name] = self.counts.get(name, 0) + 1
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
    def endElement(self, name):
        self.depth -= 1

text = "<a><b><c/><c/></b><b x='1'>text</b></a>"
handler = Counter()
xml.sax.parseString(text.encode(), handler)
print(handler.counts, handler.deepest)
document = minidom.parseString(text)
for node in document.getElementsByTagName("b"):
    print(node.getAttribute("x") or "none", [child.nodeName for child in node.childNodes])
print(document.toprettyxml(indent=" "))
