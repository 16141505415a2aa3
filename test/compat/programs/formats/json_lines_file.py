import json
from pathlib import Path

path = Path("events.jsonl")
with path.open("w") as file:
    for number in range(5):
        file.write(json.dumps({"id": number, "square": number ** 2, "even": number % 2 == 0}) + "\n")
with path.open() as file:
    rows = [json.loads(line) for line in file]
print(sum(row["square"] for row in rows if row["even"]), len(rows), path.stat().st_size)
decoder, text, position = json.JSONDecoder(), '{"a": 1} [2, 3] "x"', 0
while position < len(text):
    value, position = decoder.raw_decode(text, position)
    print(value)
    position += 1
