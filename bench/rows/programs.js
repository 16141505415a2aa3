/** The work of DESIGN section 9, and what a bare Python does to get the same in and out. */
export const CODE = "result = input_data['x'] + 1";
export const BARE_CODE =
  "import json; input_data = json.loads('{\"x\": 1}'); result = input_data['x'] + 1; print(json.dumps(result))";

export const PANDAS_CODE = 'import pandas as pd\nresult = int(pd.DataFrame({"x": [1, 2, 3]}).x.sum())';

/** Of the length that models write, with one line that is refused. */
export const VALIDATED_CODE = `import csv
import os
from collections import defaultdict

totals = defaultdict(float)
with open('sales.csv') as file:
    for row in csv.DictReader(file):
        totals[row['region']] += float(row['amount'])
best = max(totals, key=totals.get)
print(f'{best}: {totals[best]:.2f}')
result = sorted(totals.items(), key=lambda item: -item[1])[:3]`;

/** As long as programs that do something; nothing in it is refused, which is what most questions are about. */
export const LONGER_CODE = `import csv
import json
import math
from collections import defaultdict
from datetime import date, timedelta

class Sale:
    """One line of the file."""
    def __init__(self, region, amount, day):
        self.region = region
        self.amount = amount
        self.day = day

    @property
    def is_large(self):
        return self.amount > 1000

def read(path):
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            try:
                yield Sale(row['region'], float(row['amount']), date.fromisoformat(row['day']))
            except (KeyError, ValueError) as error:
                print(f'left out {row!r}: {error}')

def by_region(sales):
    totals = defaultdict(list)
    for sale in sales:
        totals[sale.region].append(sale.amount)
    return {region: sum(amounts) for region, amounts in totals.items()}

def trend(sales, days=7):
    last = max(sale.day for sale in sales)
    recent = [sale.amount for sale in sales if sale.day > last - timedelta(days=days)]
    before = [sale.amount for sale in sales if sale.day <= last - timedelta(days=days)]
    if not recent or not before:
        return None
    return (sum(recent) / len(recent)) / (sum(before) / len(before)) - 1

sales = list(read('sales.csv'))
totals = by_region(sales)
change = trend(sales)
for region, total in sorted(totals.items(), key=lambda item: -item[1]):
    print(f'{region:<12} {total:>12,.2f} {total / sum(totals.values()):6.1%}')
if change is not None and abs(change) > 0.1:
    print('large change', round(change * 100, 1), '%')
with open('out.json', 'w') as file:
    json.dump({'totals': totals, 'root': math.sqrt(len(sales))}, file)
result = {'totals': totals, 'change': change, 'large': sum(sale.is_large for sale in sales)}`;

/** Its own CPU time: what else goes on on the machine is then in neither of the two. */
export const LOOP_CODE = `import time
def work(count):
    total = 0
    for index in range(count):
        total = (total * 31 + index) % 1000003
    return total
work(20000)
start = time.process_time()
work(2000000)
result = time.process_time() - start`;
export const BARE_LOOP_CODE = `${LOOP_CODE}\nprint(result)`;

/** By the clock of the program: each sample is one call in milliseconds. */
export const CALL_CODE = `import time
result = []
for index in range(input_data['count']):
    start = time.perf_counter()
    add(index, 1)
    result.append((time.perf_counter() - start) * 1000)`;

/** A tree of processes, all of them busy. */
export const TREE_CODE = `import os
for _ in range(3):
    if os.fork() == 0:
        break
while True: pass`;

export const FILE_BYTES = 100_000_000;
export const READ_CODE = 'import os\nresult = os.path.getsize("in.bin")';
export const WRITE_CODE = `piece = bytes(1_000_000)
with open("out.bin", "wb") as file:
    for _ in range(${FILE_BYTES / 1_000_000}):
        file.write(piece)
result = file.closed`;

export const PLOT_CODE = 'import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()';
