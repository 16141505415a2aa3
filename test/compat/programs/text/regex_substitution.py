import re

text = "The price is $42.50, was $50.00; call 555-1234 or 555-9876."
print(re.sub(r"\$(\d+)\.(\d\d)", lambda m: f"{int(m[1]) * 2}.{m[2]} USD", text))
print(re.subn(r"\d{3}-\d{4}", "XXX-XXXX", text))
print(re.split(r"[;,.]\s*", text))
print(re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567890"))
print(re.findall(r"(?i)\b(t\w*|w\w*)\b", text))
print(re.escape("a.b*c"), re.fullmatch(r"(a|b)+", "abba")[0])
