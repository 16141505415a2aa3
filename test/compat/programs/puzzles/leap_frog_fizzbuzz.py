def fizz(n, rules=((3, "Fizz"), (5, "Buzz"), (7, "Bang"))):
    return "".join(word for divisor, word in rules if n % divisor == 0) or str(n)

print(" ".join(fizz(n) for n in range(1, 36)))
print(fizz(105), sum(fizz(n).isdigit() for n in range(1, 1001)))
perfect = [n for n in range(2, 1000) if sum(d for d in range(1, n) if n % d == 0) == n]
armstrong = [n for n in range(10, 10_000) if sum(int(d) ** len(str(n)) for d in str(n)) == n]
print(perfect, armstrong)
