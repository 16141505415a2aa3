from lxml import etree, html

page = html.fromstring("<html><body><div class='a b'><a href='/x'>One<b>!</b></a><p>Unclosed<p>Two</div></body></html>")
print([a.get("href") for a in page.xpath("//a")], page.xpath("//a")[0].text_content(), [p.text for p in page.iter("p")])
page.make_links_absolute("http://example.org/")
print(html.tostring(page, encoding="unicode"))
transform = etree.XSLT(etree.XML("""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/list"><ul><xsl:for-each select="i"><xsl:sort/><li><xsl:value-of select="."/></li></xsl:for-each></ul></xsl:template>
</xsl:stylesheet>"""))
print(str(transform(etree.XML("<list><i>b</i><i>a</i></list>"))))
builder = etree.Element("root", nsmap={"m": "urn:m"})
etree.SubElement(builder, "{urn:m}child").text = "t"
print(etree.tostring(builder))
