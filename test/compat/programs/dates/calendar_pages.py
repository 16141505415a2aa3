import calendar

print(calendar.TextCalendar(calendar.SUNDAY).formatmonth(2024, 2))
print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.leapdays(2000, 2025), calendar.weekday(2024, 2, 29))
print([week for week in calendar.Calendar().monthdayscalendar(2023, 2)][0], calendar.month_name[2], list(calendar.day_abbr))
fridays = [d for d in calendar.Calendar().itermonthdates(2024, 9) if d.month == 9 and d.day == 13 and d.weekday() == 4]
print(fridays, calendar.timegm((2024, 1, 1, 0, 0, 0)))
print(calendar.HTMLCalendar().formatmonth(2024, 2)[:90])
