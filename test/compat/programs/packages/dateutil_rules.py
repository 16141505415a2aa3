from datetime import datetime
from dateutil import parser, rrule, tz
from dateutil.easter import easter
from dateutil.relativedelta import FR, relativedelta

for text in ("Feb 29 2024 5pm", "2024-03-01T10:00:00Z", "10/11/12", "Thu, 25 Sep 2003 10:49:41 -0300"):
    print(parser.parse(text).isoformat())
print(datetime(2024, 1, 31) + relativedelta(months=1), relativedelta(datetime(2024, 6, 15), datetime(1990, 9, 1)), datetime(2024, 5, 1) + relativedelta(day=31, weekday=FR(-1)))
print([d.strftime("%d.%m.") for d in rrule.rrule(rrule.MONTHLY, count=4, byweekday=rrule.MO(1), dtstart=datetime(2024, 1, 1))], easter(2025))
print(datetime(2024, 7, 1, 12, tzinfo=tz.gettz("Europe/Berlin")).astimezone(tz.UTC), rrule.rrulestr("FREQ=DAILY;INTERVAL=10;COUNT=3", dtstart=datetime(2024, 2, 20))[2])
try:
    parser.parse("no date at all")
except parser.ParserError as error:
    print(error)
