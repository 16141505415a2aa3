import unicodedata

for character in "é€ßπ中½Ⅷ☃":
    print(f"U+{ord(character):04X} {unicodedata.category(character)} {unicodedata.name(character)}")
print(unicodedata.numeric("½"), unicodedata.numeric("Ⅷ"))
decomposed = unicodedata.normalize("NFD", "Ångström")
print(len(decomposed), "".join(c for c in decomposed if not unicodedata.combining(c)))
print(unicodedata.lookup("GREEK SMALL LETTER ALPHA"), unicodedata.east_asian_width("中"))
