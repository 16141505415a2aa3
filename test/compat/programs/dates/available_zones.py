import zoneinfo
from datetime import datetime

zones = zoneinfo.available_timezones()
print(len(zones) > 400, {"UTC", "Europe/Paris", "Asia/Tokyo"} <= zones)
offsets = {}
for name in ("Europe/Paris", "Asia/Tokyo", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kathmandu"):
    moment = datetime(2023, 7, 1, 12, tzinfo=zoneinfo.ZoneInfo(name))
    offsets.setdefault(moment.strftime("%z"), []).append(name)
print(sorted(offsets.items()))
