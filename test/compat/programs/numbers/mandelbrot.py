def escapes(c, limit=40):
    z = 0
    for n in range(limit):
        z = z * z + c
        if abs(z) > 2:
            return n
    return limit

SHADES = " .:-=+*#%@"
for row in range(-10, 11, 2):
    line = ""
    for column in range(-40, 21, 2):
        n = escapes(complex(column / 20, row / 9))
        line += SHADES[min(n // 4, len(SHADES) - 1)]
    print(line.rstrip())
print(escapes(0), escapes(1), escapes(-0.75 + 0.1j))
