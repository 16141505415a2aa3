def schedule(principal, rate, months):
    monthly = rate / 12
    payment = principal * monthly / (1 - (1 + monthly) ** -months)
    for month in range(1, months + 1):
        interest = principal * monthly
        principal -= payment - interest
        yield month, payment, interest, max(principal, 0)

rows = list(schedule(200_000, 0.045, 360))
for month, payment, interest, rest in rows[:2] + rows[-2:]:
    print(f"{month:>4} {payment:10.2f} {interest:10.2f} {rest:12.2f}")
print(f"total interest {sum(row[2] for row in rows):,.2f}")
