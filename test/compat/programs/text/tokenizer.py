import re
from typing import NamedTuple

class Token(NamedTuple):
    kind: str
    value: str
    column: int

SPECIFICATION = [("NUMBER", r"\d+(\.\d*)?"), ("NAME", r"[A-Za-z_]\w*"), ("OP", r"[-+*/=()]"), ("SKIP", r"\s+"), ("BAD", r".")]
PATTERN = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in SPECIFICATION)

def tokenize(code):
    for match in re.finditer(PATTERN, code):
        if match.lastgroup == "BAD":
            raise SyntaxError(f"{match.group()!r} at {match.start()}")
        if match.lastgroup != "SKIP":
            yield Token(match.lastgroup, match.group(), match.start())

for token in tokenize("area = 3.14 * r*r"):
    print(token)
try:
    list(tokenize("a ? b"))
except SyntaxError as error:
    print("error:", error)
