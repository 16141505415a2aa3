# exits with 3
import atexit
import sys

atexit.register(print, "atexit runs")
try:
    sys.exit("text")
except SystemExit as error:
    print("caught", error.code)
print("leaving with three")
try:
    sys.exit(3)
finally:
    print("finally before exit")
