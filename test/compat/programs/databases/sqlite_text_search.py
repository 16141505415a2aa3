import sqlite3

db = sqlite3.connect(":memory:")
db.execute("create virtual table notes using fts5(title, body)")
db.executemany("insert into notes values (?, ?)", [
    ("Shopping", "milk, eggs and dark chocolate"),
    ("Ideas", "a chocolate printer; also a milk frother"),
    ("Work", "finish the quarterly report"),
])
for query in ("chocolate", "milk AND printer", "repo*", "title:ideas", "absent"):
    print(query, [row[0] for row in db.execute("select title from notes where notes match ? order by title", (query,))])
print(db.execute("select highlight(notes, 1, '[', ']') from notes where notes match 'eggs'").fetchone())
