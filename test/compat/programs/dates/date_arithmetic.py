from datetime import date, datetime, timedelta

start = date(2024, 1, 31)
print(start + timedelta(days=30), (date(2025, 1, 1) - start).days, start.isocalendar(), start.strftime("%A %d %B %Y"))
print([d.isoformat() for d in (start + timedelta(weeks=n) for n in range(3))], date.fromisoformat("2024-02-29").replace(year=2028))
moment = datetime(2024, 3, 10, 23, 59, 59, 999999)
print(moment + timedelta(microseconds=1), moment.timetuple().tm_yday, moment.ctime(), divmod(timedelta(hours=50), timedelta(days=1)))
print(timedelta(days=-1, seconds=30), timedelta(hours=25).total_seconds(), str(timedelta(minutes=1, milliseconds=5)), timedelta(1) / 3)
try:
    date(2023, 2, 29)
except ValueError as error:
    print(error)
