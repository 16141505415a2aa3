import io
import matplotlib.pyplot as plt
import numpy as np

x, y = np.meshgrid(np.linspace(-2, 2, 30), np.linspace(-2, 2, 30))
z = np.exp(-x ** 2 - y ** 2)
figure, axes = plt.subplots(1, 3, figsize=(9, 3))
image = axes[0].imshow(z, extent=(-2, 2, -2, 2), origin="lower", vmin=0, vmax=1)
levels = axes[1].contour(x, y, z, levels=[0.2, 0.5, 0.8])
axes[1].clabel(levels)
axes[2].pcolormesh(x, y, z, shading="auto", cmap=plt.get_cmap("magma", 5))
for ax, name in zip(axes, "abc"):
    ax.set_title(name)
buffer = io.BytesIO()
figure.savefig(buffer, format="png", bbox_inches="tight")
print(buffer.getvalue()[1:4], image.get_array().shape, levels.levels, image.get_clim(), [a.get_title() for a in axes])
print([round(v, 4) for v in plt.get_cmap("viridis")(0.5)])
