MORSE = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..".split()))
BACK = {code: letter for letter, code in MORSE.items()}

def encode(text):
    return " / ".join(" ".join(MORSE[c] for c in word) for word in text.upper().split())

def decode(code):
    return " ".join("".join(BACK[c] for c in word.split()) for word in code.split(" / "))

message = encode("sos send help")
print(message)
print(decode(message))
