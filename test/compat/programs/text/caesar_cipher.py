import string

def shift(text, key):
    table = str.maketrans(
        string.ascii_letters,
        "".join(alphabet[key % 26:] + alphabet[:key % 26] for alphabet in (string.ascii_lowercase, string.ascii_uppercase)),
    )
    return text.translate(table)

secret = shift("Attack at Dawn!", 3)
print(secret, shift(secret, -3))
for key in range(1, 26):
    if "dawn" in shift(secret, -key).lower():
        print("found key", key)
