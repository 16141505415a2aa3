import textwrap

text = "The quick brown fox jumps over the lazy dog. " * 4
print(textwrap.fill(text, width=40, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, width=30, placeholder=" [...]"))
print(textwrap.dedent("""
    def f():
        return 1
""").strip())
print(textwrap.indent("a\n\nb\n", "> ", lambda line: True))
print(textwrap.wrap("averyveryverylongword short", 8, break_long_words=False))
