import string

class Percent(string.Template):
    delimiter = "%"

template = string.Template("Dear $name, you owe $$${amount} since $date.")
print(template.substitute(name="Ada", amount="12.50", date="May"))
print(template.safe_substitute(name="Bob"))
try:
    template.substitute(name="Cid")
except KeyError as error:
    print("missing", error)
print(Percent("100%% of %what").substitute(what="it"))
formatter = string.Formatter()
print([field for _, field, _, _ in formatter.parse("{a} and {b!r:>10}") if field])
