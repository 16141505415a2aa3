import sys

def check(values):
    errors = []
    for value in values:
        try:
            int(value)
        except ValueError as error:
            errors.append(error)
    try:
        len(5)
    except TypeError as error:
        errors.append(error)
    raise ExceptionGroup("several", errors)

try:
    check(["1", "x", "y"])
except* ValueError as group:
    print("values:", [str(e) for e in group.exceptions])
except* TypeError as group:
    print("types:", len(group.exceptions))
error = ValueError("noted")
error.add_note("a note")
print(error.__notes__, sys.version_info >= (3, 11))
