text = "  The rain in Spain stays mainly  "
print(repr(text.strip()), text.count("ain"), text.find("Spain"), text.title())
print(text.split(), text.strip().partition(" in "), "a-b-c".rsplit("-", 1))
print("prefix_name".removeprefix("prefix_"), "file.tar.gz".removesuffix(".gz"))
print("abc".isalpha(), "123".isdecimal(), "²".isdigit(), "½".isnumeric(), "var_1".isidentifier(), " ".isspace())
print("hello".center(11, "*"), "7".zfill(3), "tab\there".expandtabs(8), "ab\ncd\r\nef".splitlines())
print("MiXeD".swapcase(), "straße".casefold() == "STRASSE".casefold(), "a,b;c".replace(",", ";").split(";"))
