import os
import sqlite3

connection = sqlite3.connect("bank.db", isolation_level=None)
connection.execute("create table account (name text primary key, balance int check (balance >= 0))")
connection.executemany("insert into account values (?, ?)", [("a", 100), ("b", 20)])

def transfer(source, target, amount):
    connection.execute("begin immediate")
    try:
        connection.execute("update account set balance = balance + ? where name = ?", (amount, target))
        connection.execute("update account set balance = balance - ? where name = ?", (amount, source))
        connection.execute("commit")
        return "done"
    except sqlite3.IntegrityError as error:
        connection.execute("rollback")
        return f"rolled back: {error}"

print(transfer("a", "b", 60), "|", transfer("a", "b", 60))
print(connection.execute("select * from account order by name").fetchall(), os.path.getsize("bank.db") > 0)
other = sqlite3.connect("bank.db", timeout=0)
connection.execute("begin exclusive")
try:
    other.execute("select * from account").fetchall()
except sqlite3.OperationalError as error:
    print(error)
