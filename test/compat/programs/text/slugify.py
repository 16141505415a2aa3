import re
import unicodedata

def slugify(title):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())

for title in ["Hello, World!", "Crème brûlée: a recipe", "  many   spaces -- here ", "100% Über_cool"]:
    print(repr(slugify(title)))
