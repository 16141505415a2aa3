# exits with 1
import sys

def main():
    print("this was printed before the error")
    sys.stdout.write("and this without a newline")
    values = [1, 2, 3]
    return values[10]

main()
