import dbm.dumb
import shelve

with dbm.dumb.open("plain", "c") as database:
    database["key"] = "value"
    database[b"bytes"] = b"\x00\x01"
    print(sorted(database.keys()), database["key"], database.get("none", b"default"))
with shelve.Shelf(dbm.dumb.open("objects", "c"), writeback=True) as shelf:
    shelf["list"] = [1, 2]
    shelf["list"].append(3)
    shelf["nested"] = {"a": {"b": (1, None)}}
with shelve.Shelf(dbm.dumb.open("objects", "r")) as shelf:
    print(shelf["list"], shelf["nested"], "missing" in shelf, len(shelf))
