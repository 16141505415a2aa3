from datetime import date, timedelta
from itertools import cycle, islice

PEOPLE = ["Ann", "Bob", "Cid"]
start = date(2024, 12, 28)
rota = []
for offset, person in zip(range(0, 70, 7), cycle(PEOPLE)):
    week = start + timedelta(days=offset)
    rota.append((week.isocalendar()[:2], person, week + timedelta(days=6)))
for (year, week), person, end in islice(rota, 5):
    print(f"{year}-W{week:02d} {person:<4} until {end:%d %b %Y}")
print({name: sum(person == name for _, person, _ in rota) for name in PEOPLE})
