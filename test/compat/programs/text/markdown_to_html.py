import html
import re

SOURCE = """# Title
Some *emphasis* and **strong** & `code <b>`.

- first
- second [link](https://example.org)
"""

def inline(text):
    text = html.escape(text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    return re.sub(r"\[(.+?)\]\((.+?)\)", r'<a href="\2">\1</a>', text)

for block in SOURCE.strip().split("\n"):
    if match := re.match(r"(#+) (.*)", block):
        print(f"<h{len(match[1])}>{inline(match[2])}</h{len(match[1])}>")
    elif block.startswith("- "):
        print(f"<li>{inline(block[2:])}</li>")
    elif block:
        print(f"<p>{inline(block)}</p>")
