import json
from datetime import date
from decimal import Decimal

data = {"name": "Zoë", "tags": ["a", None, True, 1.5e300], "nested": {"k": []}, "n": 10 ** 25}
text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
print(text)
print(json.loads(text) == data, json.dumps(data, separators=(",", ":")))
print(json.dumps({"day": date(2024, 2, 29), "set": {3}}, default=lambda o: o.isoformat() if isinstance(o, date) else sorted(o)))
print(json.loads('{"a": 1.10}', parse_float=Decimal), json.loads("[NaN, -Infinity]"))
try:
    json.loads('{"a": 1,}')
except json.JSONDecodeError as error:
    print(error.msg, error.lineno, error.colno)
