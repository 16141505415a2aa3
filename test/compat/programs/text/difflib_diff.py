import difflib

before = "one\ntwo\nthree\nfour\n".splitlines(keepends=True)
after = "one\n2\nthree\nfour\nfive\n".splitlines(keepends=True)
print("".join(difflib.unified_diff(before, after, "before", "after")), end="")
print("".join(difflib.ndiff(before, after)), end="")
matcher = difflib.SequenceMatcher(None, "private Thread", "private volatile Thread")
print(round(matcher.ratio(), 4), matcher.get_opcodes())
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]))
