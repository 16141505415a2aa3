import doctest

def average(values):
    """Mean of numbers.

    >>> average([1, 2, 3])
    2.0
    >>> average([])
    Traceback (most recent call last):
        ...
    ZeroDivisionError: division by zero
    >>> average([1])    # wrong on purpose
    5.0
    """
    return sum(values) / len(values)

finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
for test in finder.find(average, "average", globs={"average": average}):
    lines = []
    print(runner.run(test, out=lines.append), len(test.examples))
    print("Expected" in "".join(lines), "".join(lines).splitlines()[-4:])
print(doctest.script_from_examples(">>> 1 + 1\n2\n").splitlines())
