class AppError(Exception):
    def __init__(self, message, *, code):
        super().__init__(message)
        self.code = code

def low():
    return {}["key"]

def high():
    try:
        low()
    except KeyError as error:
        raise AppError("wrapped", code=7) from error

try:
    high()
except AppError as error:
    print(error, error.code, repr(error.__cause__), error.__suppress_context__)
try:
    try:
        1 / 0
    finally:
        print("finally runs")
except ZeroDivisionError as error:
    print(error.args, error.__traceback__.tb_lineno > 0)
else:
    print("not reached")
def tricky():
    for n in range(3):
        try:
            continue
        finally:
            print("f", n)
    try:
        return "try"
    finally:
        print("after return")
print(tricky())
