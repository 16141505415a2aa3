import sys

def main(arguments):
    total = sum(int(a) for a in arguments)
    print(f"total of {len(arguments)} numbers: {total}")
    return 0 if total else 4

print(__name__, sys.modules["__main__"].__name__, len(sys.argv))
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["1", "2", "3"]))
