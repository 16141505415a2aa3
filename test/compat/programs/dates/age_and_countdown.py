from datetime import date, datetime, timedelta

def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

def humanize(delta):
    seconds = int(delta.total_seconds())
    parts = []
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {name}{'s' * (count > 1)}")
    return ", ".join(parts) or "now"

today = date(2024, 6, 15)
for born in (date(1990, 6, 15), date(1990, 6, 16), date(2000, 2, 29)):
    print(born, age(born, today))
print(humanize(datetime(2025, 1, 1) - datetime(2024, 6, 15, 13, 59, 58)), "|", humanize(timedelta(0)))
