import matplotlib.pyplot as plt

x = [n / 10 for n in range(63)]
figure, axes = plt.subplots(figsize=(5, 3))
axes.plot(x, [v ** 2 for v in x], "r--", label="square")
axes.plot(x, [v ** 1.5 for v in x], label="power")
axes.set(title="Growth", xlabel="x", ylabel="y", ylim=(0, 40))
axes.legend(loc="upper left")
axes.grid(True)
figure.savefig("line.png", dpi=80)
print(open("line.png", "rb").read(8), axes.get_title(), [line.get_label() for line in axes.lines], axes.get_ylim())
print([text.get_text() for text in axes.get_legend().get_texts()], figure.get_size_inches().tolist(), plt.get_backend().lower())
