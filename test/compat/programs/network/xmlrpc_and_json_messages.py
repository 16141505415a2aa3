import json
import xmlrpc.client
from datetime import datetime

text = xmlrpc.client.dumps((1, "two", [3.5, {"k": True}], datetime(2024, 1, 2, 3, 4, 5)), "add.them")
values, method = xmlrpc.client.loads(text)
print(method, values[:3], values[3].value)
fault = xmlrpc.client.dumps(xmlrpc.client.Fault(4, "too many"))
try:
    xmlrpc.client.loads(fault)
except xmlrpc.client.Fault as error:
    print(error.faultCode, error.faultString)
HANDLERS = {"sum": lambda *a: sum(a), "upper": str.upper}
for line in ('{"id": 1, "method": "sum", "params": [1, 2]}', '{"id": 2, "method": "nope", "params": []}', "garbage"):
    try:
        request = json.loads(line)
        reply = {"id": request["id"], "result": HANDLERS[request["method"]](*request["params"])}
    except (KeyError, ValueError) as error:
        reply = {"error": type(error).__name__}
    print(json.dumps(reply))
