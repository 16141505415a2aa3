import re

log = """2024-01-05 12:00:01 ERROR db: timeout after 30s
2024-01-05 12:00:02 INFO web: GET /index.html 200
2024-01-06 08:15:44 WARN disk: 91% full"""
pattern = re.compile(
    r"""^(?P<date>\d{4}-\d\d-\d\d)\s
         (?P<time>[\d:]+)\s
         (?P<level>[A-Z]+)\s
         (?P<unit>\w+):\s(?P<text>.*)$""",
    re.VERBOSE | re.MULTILINE,
)
for match in pattern.finditer(log):
    print(match.span(), match.groupdict())
print(pattern.groupindex["unit"], pattern.groups)
