import xml.etree.ElementTree as ET

root = ET.fromstring("""<catalog xmlns:m="urn:m">
  <book id="b1" price="10.5"><title>One</title><m:tag>x</m:tag></book>
  <book id="b2" price="20"><title>Two &amp; more</title></book>
</catalog>""")
for book in root.iter("book"):
    print(book.attrib, book.findtext("title"), book.findtext("m:tag", default="-", namespaces={"m": "urn:m"}))
print(sum(float(b.get("price")) for b in root.findall("./book")), root.find(".//book[@id='b2']/title").text)
new = ET.SubElement(root, "book", id="b3")
ET.SubElement(new, "title").text = "<Three>"
ET.indent(root)
print(ET.tostring(root, encoding="unicode"))
try:
    ET.fromstring("<a><b></a>")
except ET.ParseError as error:
    print(error, error.position)
