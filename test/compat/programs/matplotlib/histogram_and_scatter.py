import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(1)
data = rng.normal(size=500)
figure, axes = plt.subplots(2, 1)
counts, edges, _ = axes[0].hist(data, bins=8, alpha=0.5)
points = axes[1].scatter(data[:50], data[50:100], c=data[:50], s=20, cmap="viridis")
figure.colorbar(points, ax=axes[1])
axes[1].axhline(0, color="k", lw=0.5)
axes[0].annotate("peak", xy=(0, counts.max()), xytext=(1, counts.max()), arrowprops={"arrowstyle": "->"})
figure.canvas.draw()
pixels = np.asarray(figure.canvas.buffer_rgba())
print(counts, edges.round(3), pixels.shape, points.get_offsets().shape)
print((pixels[..., :3] != 255).any(), len(figure.axes))
