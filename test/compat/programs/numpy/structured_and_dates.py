import numpy as np

people = np.array([("Ann", 30, 1.7), ("Bob", 25, 1.8)], dtype=[("name", "U10"), ("age", "i4"), ("height", "f8")])
print(people["name"], np.sort(people, order="age")["name"], people[people["age"] > 26], people.dtype.names)
days = np.arange("2024-02-27", "2024-03-02", dtype="datetime64[D]")
print(days, np.diff(days), np.datetime64("2024-01-31") + np.timedelta64(30, "D"), np.is_busday(days))
record = np.rec.fromrecords([(1, "x"), (2, "y")], names="n,s")
print(record.n.sum(), record[1].s, people.nbytes, np.char.upper(people["name"]), np.array(["a", "bb"]).dtype)
