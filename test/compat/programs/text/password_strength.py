import re
import string

RULES = {
    "length": lambda p: len(p) >= 8,
    "lower": lambda p: re.search(r"[a-z]", p),
    "upper": lambda p: re.search(r"[A-Z]", p),
    "digit": lambda p: re.search(r"\d", p),
    "symbol": lambda p: any(c in string.punctuation for c in p),
}
for password in ("abc", "Password1", "Tr0ub4dor&3", "correct horse battery staple"):
    failed = [name for name, rule in RULES.items() if not rule(password)]
    print(f"{password!r}: {5 - len(failed)}/5", "missing " + ", ".join(failed) if failed else "strong")
