import sqlite3

with sqlite3.connect(":memory:") as connection:
    connection.row_factory = sqlite3.Row
    connection.executescript("""
        create table author (id integer primary key, name text not null unique);
        create table book (title text, year int, author_id int references author (id));
    """)
    connection.executemany("insert into author (name) values (?)", [("Le Guin",), ("Lem",)])
    connection.executemany("insert into book values (?, ?, ?)", [("Solaris", 1961, 2), ("The Dispossessed", 1974, 1), ("Eden", 1958, 2)])
    rows = connection.execute("select a.name, count(*) n, min(b.year) y from book b join author a on a.id = b.author_id group by a.name order by n desc")
    for row in rows:
        print(tuple(row), row.keys(), row["name"])
    try:
        connection.execute("insert into author (name) values ('Lem')")
    except sqlite3.IntegrityError as error:
        print(error)
    print(connection.execute("select title from book where year < :y order by title", {"y": 1970}).fetchall()[0]["title"], connection.total_changes)
