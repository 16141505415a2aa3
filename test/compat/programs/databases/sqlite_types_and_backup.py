import sqlite3
from datetime import date
from decimal import Decimal

sqlite3.register_adapter(Decimal, str)
sqlite3.register_converter("decimal", lambda raw: Decimal(raw.decode()))
sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_converter("date", lambda raw: date.fromisoformat(raw.decode()))
db = sqlite3.connect("typed.db", detect_types=sqlite3.PARSE_DECLTYPES)
db.execute("create table t (price decimal, day date, raw blob, empty)")
db.execute("insert into t values (?, ?, ?, ?)", (Decimal("9.99"), date(2024, 2, 29), b"\x00\xff", None))
db.commit()
print(db.execute("select * from t").fetchone(), db.execute("select typeof(raw), typeof(empty) from t").fetchone())
copy = sqlite3.connect(":memory:")
db.backup(copy)
print(copy.execute("select count(*), sum(price) from t").fetchone(), db.in_transaction)
print(db.execute("pragma journal_mode=wal").fetchone(), db.execute("pragma integrity_check").fetchone())
db.execute("insert into t (price) values ('1')")
db.commit()
db.close()
