import sqlite3
import random

rng = random.Random(5)
db = sqlite3.connect("rows.db")
db.execute("create table reading (sensor int, at int, value real)")
db.executemany("insert into reading values (?, ?, ?)", ((n % 7, n, rng.gauss(20, 5)) for n in range(20_000)))
db.execute("create index by_sensor on reading (sensor, at)")
db.commit()
for row in db.execute("select sensor, count(*), round(avg(value), 4), round(max(value), 4) from reading group by sensor order by sensor limit 3"):
    print(row)
print(db.execute("explain query plan select * from reading where sensor = 1 and at > 5").fetchall()[0][3])
cursor = db.execute("delete from reading where value < 20")
print(cursor.rowcount, db.execute("select count(*) from reading").fetchone())
