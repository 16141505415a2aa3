import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, Rectangle

figure = plt.figure()
axes = figure.add_subplot(121, projection="3d")
t = np.linspace(0, 6, 50)
axes.plot(np.cos(t), np.sin(t), t)
axes.set_zlabel("height")
flat = figure.add_subplot(122, aspect="equal")
flat.add_patch(Circle((0, 0), 1, fill=False))
flat.add_patch(Rectangle((-1, -1), 2, 2, angle=10, hatch="/"))
flat.text(0, 0, r"$\frac{a}{b} + \sqrt{x^2}$", ha="center")
flat.autoscale_view()
figure.savefig("three.png")
print(axes.get_zlabel(), axes.name, len(flat.patches), open("three.png", "rb").read(4), flat.texts[0].get_text())
