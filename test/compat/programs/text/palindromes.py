def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalnum()]
    return letters == letters[::-1]

def longest(text):
    best = ""
    for centre in range(len(text)):
        for width in (0, 1):
            left, right = centre, centre + width
            while left >= 0 and right < len(text) and text[left] == text[right]:
                left, right = left - 1, right + 1
            best = max(best, text[left + 1:right], key=len)
    return best

print([is_palindrome(t) for t in ("A man, a plan, a canal: Panama", "hello", "", "Was it a car")])
print(longest("forgeeksskeegfor"), longest("abacdfgdcaba"))
