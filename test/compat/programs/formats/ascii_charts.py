data = {"Python": 30.5, "JavaScript": 25.2, "Rust": 10.1, "Go": 8.7, "Haskell": 1.2}
scale = 40 / max(data.values())
for name, value in data.items():
    print(f"{name:>11} | {'█' * int(value * scale)}{'▌' if (value * scale) % 1 >= 0.5 else ''} {value}")
series = [1, 5, 22, 13, 53, 27, 8]
ticks = "▁▂▃▄▅▆▇█"
low, high = min(series), max(series)
print("".join(ticks[round((v - low) / (high - low) * 7)] for v in series))
