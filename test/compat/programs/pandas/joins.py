import pandas as pd

people = pd.DataFrame({"id": [1, 2, 3], "name": ["Ann", "Bob", "Cid"]})
orders = pd.DataFrame({"person": [1, 1, 3, 9], "total": [10.0, 5.5, 7.25, 1.0]})
for how in ("inner", "left", "outer"):
    print(how, people.merge(orders, left_on="id", right_on="person", how=how, indicator=how == "outer"), sep="\n")
print(pd.concat([people, people.assign(id=lambda d: d.id + 10)], ignore_index=True).tail(2))
print(people.set_index("id").join(orders.groupby("person").total.sum().rename("spent")).fillna(0))
