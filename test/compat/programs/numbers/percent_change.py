series = {"Jan": 120, "Feb": 150, "Mar": 90, "Apr": 135, "May": 0, "Jun": 60}
previous = None
for month, value in series.items():
    if previous:
        change = (value - previous) / previous
        print(f"{month} {value:>4} {change:+7.1%} {'up' if change > 0 else 'down'}")
    else:
        print(f"{month} {value:>4}     n/a")
    previous = value
window = 3
values = list(series.values())
print([round(sum(values[i:i + window]) / window, 2) for i in range(len(values) - window + 1)])
