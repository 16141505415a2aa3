from bs4 import BeautifulSoup

soup = BeautifulSoup("""<html><head><title>Shop &amp; Co</title></head><body>
<ul id="list"><li class="item new">Tea <span>3.50</span></li><li class="item">Pot <span>20</span></li></ul>
<a href="/next?p=2">next</a><!-- hidden --></body></html>""", "html.parser")
print(soup.title.string, [li.get_text(" ", strip=True) for li in soup.find_all("li")], soup.select_one("li.new span").text)
print(soup.find("a")["href"], soup.select("#list > .item")[1]["class"], sum(float(s.string) for s in soup.find_all("span")))
soup.find("li").decompose()
new = soup.new_tag("li", attrs={"data-x": "1"})
new.string = "Cup"
soup.ul.append(new)
print(soup.ul, soup.find("p"), [type(c).__name__ for c in soup.body.children if not isinstance(c, str) or c.strip()])
print(BeautifulSoup("<p>a<p>b", "lxml").find_all("p"), BeautifulSoup("<td>x", "html5lib").body)
