import locale

print(locale.setlocale(locale.LC_ALL, "C"))
print(locale.format_string("%.2f", 1234567.891, grouping=True), locale.localeconv()["decimal_point"])
print(locale.atof("3.5") + locale.atoi("4"), locale.str(2.5), sorted(["b", "a", "C"], key=locale.strxfrm))
print(locale.strcoll("a", "b") < 0, locale.normalize("de_DE"))
try:
    locale.setlocale(locale.LC_ALL, "xx_YY.UTF-8")
except locale.Error as error:
    print("error:", error)
