import matplotlib.pyplot as plt

figure, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
bars = left.bar(["a", "b", "c"], [3, 7, 5], color=["#333", "tab:blue", (1, 0, 0)], yerr=[0.2, 0.3, 0.1])
left.bar_label(bars)
wedges, *_ = right.pie([1, 2, 3], labels=["x", "y", "z"], autopct="%1.0f%%", explode=(0, 0, 0.1))
figure.tight_layout()
figure.savefig("both.svg")
figure.savefig("both.pdf")
text = open("both.svg").read()
print([bar.get_height() for bar in bars], [round(w.theta2 - w.theta1, 3) for w in wedges], bars[2].get_facecolor())
print(text.count("<svg"), open("both.pdf", "rb").read(5), [t.get_text() for t in left.texts])
