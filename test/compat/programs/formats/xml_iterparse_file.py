import io
import xml.etree.ElementTree as ET

items = "".join(f"<item n='{n}'><v>{n * n}</v></item>" for n in range(200))
stream = io.BytesIO(f"<?xml version='1.0' encoding='utf-8'?><items>{items}</items>".encode())
total = 0
for event, element in ET.iterparse(stream, events=("end",)):
    if element.tag == "item":
        total += int(element.findtext("v"))
        element.clear()
print("total", total)
tree = ET.ElementTree(ET.Element("root", {"made": "here"}))
tree.write("out.xml", encoding="utf-8", xml_declaration=True)
print(open("out.xml").read(), ET.parse("out.xml").getroot().attrib)
print(ET.canonicalize("<a b='2' a='1'><!-- c --><x></x></a>"))
