from datetime import datetime

for text, pattern in [
    ("2024-02-29 13:05", "%Y-%m-%d %H:%M"),
    ("29 Feb 24", "%d %b %y"),
    ("Thursday, 01/02/2024 03:04:05 PM", "%A, %m/%d/%Y %I:%M:%S %p"),
    ("2024-060", "%Y-%j"),
    ("2024-W09-4", "%G-W%V-%u"),
    ("1709211845.5 +0530", "%f"),
    ("2024-02-29T13:05:00.123456+0200", "%Y-%m-%dT%H:%M:%S.%f%z"),
]:
    try:
        print(datetime.strptime(text, pattern).isoformat())
    except ValueError as error:
        print("error:", error)
print(datetime.fromisoformat("2024-02-29T13:05:00+02:00").utctimetuple()[:6])
