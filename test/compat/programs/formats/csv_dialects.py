import csv
import io

sample = "name|age|city\n'O''Hara'|41|'Cork|Eire'\nLi|30|Wuhan\n"
dialect = csv.Sniffer().sniff(sample, delimiters="|;,")
print(repr(dialect.delimiter), csv.Sniffer().has_header("name,age\nann,41\nbob,30\n"))

class Pipes(csv.Dialect):
    delimiter, quotechar, doublequote, lineterminator, quoting = "|", "'", True, "\n", csv.QUOTE_MINIMAL

csv.register_dialect("pipes", Pipes)
rows = list(csv.reader(io.StringIO(sample), "pipes"))
print(rows)
out = io.StringIO()
csv.writer(out, "excel-tab").writerows(rows)
print(repr(out.getvalue()), csv.list_dialects())
try:
    list(csv.reader(["a,\"b"], strict=True))
except csv.Error as error:
    print("error:", error)
