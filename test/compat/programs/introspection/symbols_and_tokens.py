import io
import keyword
import symtable
import token
import tokenize

source = "def f(a, b=1):\n    global g\n    c = a + b\n    return lambda: c\n"
for item in list(tokenize.generate_tokens(io.StringIO(source).readline))[:12]:
    print(token.tok_name[item.type], repr(item.string), item.start)
table = symtable.symtable(source, "x.py", "exec").get_children()[0]
print(table.get_name(), table.get_parameters(), table.get_locals(), table.get_globals(), table.lookup("c").is_local())
print(keyword.iskeyword("lambda"), len(keyword.kwlist) > 30, tokenize.untokenize(tokenize.generate_tokens(io.StringIO("x=1").readline)))
