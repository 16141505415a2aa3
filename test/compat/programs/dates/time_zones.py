from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

meeting = datetime(2024, 3, 30, 15, 0, tzinfo=ZoneInfo("America/New_York"))
for name in ("UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati"):
    local = meeting.astimezone(ZoneInfo(name))
    print(f"{name:<20} {local:%Y-%m-%d %H:%M %Z %z} {local.dst()}")
ambiguous = datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
print(ambiguous.utcoffset(), ambiguous.replace(fold=1).utcoffset(), meeting + timedelta(days=1))
print(timezone(timedelta(hours=-3, minutes=-30)), datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())
try:
    ZoneInfo("Mars/Olympus")
except ZoneInfoNotFoundError as error:
    print("error:", error)
