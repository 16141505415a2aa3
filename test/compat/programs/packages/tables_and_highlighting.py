from pygments import highlight
from pygments.formatters import HtmlFormatter, NullFormatter
from pygments.lexers import PythonLexer, get_lexer_by_name
from tabulate import tabulate

rows = [["Sun", 696000, 1989100000], ["Earth", 6371, 5973.6], ["Moon", 1737, 73.5]]
for style in ("simple", "github", "grid", "latex"):
    print(tabulate(rows, headers=["Planet", "R (km)", "mass"], tablefmt=style, floatfmt=".1f"))
print(tabulate({"a": [1, 2], "b": ["x", None]}, headers="keys", missingval="?", showindex=True))
print(highlight("def f(x):\n    return x  # c", PythonLexer(), HtmlFormatter(nowrap=True)))
print([str(token) for token, _ in PythonLexer().get_tokens("x = 'a'")], highlight("{}", get_lexer_by_name("json"), NullFormatter()))
