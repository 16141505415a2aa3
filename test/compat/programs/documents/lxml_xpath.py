from lxml import etree

root = etree.fromstring(b"<shop><item id='1'><name>Tea</name><price>3.5</price></item><item id='2'><name>Pot</name><price>20</price></item></shop>")
print(root.xpath("//item[price > 10]/name/text()"), root.xpath("sum(//price)"), root.xpath("count(//item)"), root.find("item").get("id"))
for element in root.iter("name"):
    element.text = element.text.upper()
    element.set("lang", "en")
print(etree.tostring(root, pretty_print=True).decode())
try:
    etree.fromstring("<a><b></a>")
except etree.XMLSyntaxError as error:
    print(error.msg)
schema = etree.XMLSchema(etree.XML(b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="n" type="xs:integer"/></xs:schema>'))
print(schema.validate(etree.XML("<n>5</n>")), schema.validate(etree.XML("<n>x</n>")))
