DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

def to_base(number, base):
    if number == 0:
        return "0"
    sign, number, out = "-" * (number < 0), abs(number), []
    while number:
        number, digit = divmod(number, base)
        out.append(DIGITS[digit])
    return sign + "".join(reversed(out))

for number in (0, 255, -4096, 123456789):
    print(number, [to_base(number, base) for base in (2, 3, 8, 16, 36)])
    assert all(int(to_base(number, base), base) == number for base in range(2, 37))
print(f"{0.1.hex()} {float.fromhex('0x1.8p+1')} {(0.75).as_integer_ratio()}")
