import math
import sqlite3

class Product:
    def __init__(self):
        self.value = 1
    def step(self, x):
        self.value *= x
    def finalize(self):
        return self.value

db = sqlite3.connect(":memory:")
db.create_function("hyp", 2, math.hypot, deterministic=True)
db.create_aggregate("product", 1, Product)
db.create_collation("by_length", lambda a, b: (len(a) > len(b)) - (len(a) < len(b)))
db.execute("create table t (word text, n int)")
db.executemany("insert into t values (?, ?)", [("pear", 2), ("fig", 3), ("banana", 7)])
print(db.execute("select hyp(3, 4), product(n), group_concat(word, '-') from t").fetchone())
print([w for (w,) in db.execute("select word from t order by word collate by_length")])
print(db.execute("with recursive c(x) as (select 1 union all select x * 2 from c where x < 100) select sum(x), max(x) from c").fetchone())
print(db.execute("select word, rank() over (order by n desc) from t").fetchall())
print(len(list(db.iterdump())), db.execute("select json_extract('{\"a\": [1, 5]}', '$.a[1]')").fetchone())
