import sys

events = []

def tracer(frame, event, argument):
    if frame.f_code.co_name in ("outer", "inner"):
        events.append((event, frame.f_code.co_name, frame.f_lineno))
        return tracer

def inner(x):
    y = x + 1
    return y

def outer():
    return inner(1)

sys.settrace(tracer)
outer()
sys.settrace(None)
print(*events, sep="\n")

def who():
    frame = sys._getframe(1)
    return frame.f_code.co_name, sorted(frame.f_locals)

def caller():
    a, b = 1, 2
    return who()

print(caller())
