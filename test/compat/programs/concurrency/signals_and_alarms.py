import signal
import time

events = []

def handler(number, frame):
    events.append(signal.Signals(number).name)

signal.signal(signal.SIGALRM, handler)
signal.signal(signal.SIGUSR1, handler)
signal.setitimer(signal.ITIMER_REAL, 0.01)
deadline = time.monotonic() + 5
while not events and time.monotonic() < deadline:
    time.sleep(0.005)
signal.raise_signal(signal.SIGUSR1)
print(events, signal.getsignal(signal.SIGUSR1) is handler)

class Expired(Exception):
    pass

def expire(number, frame):
    raise Expired("took too long")

signal.signal(signal.SIGALRM, expire)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    while True:
        pass
except Expired as error:
    print("stopped:", error)
