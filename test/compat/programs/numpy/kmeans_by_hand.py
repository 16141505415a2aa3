import numpy as np

rng = np.random.default_rng(8)
points = np.vstack([rng.normal(centre, 0.4, size=(40, 2)) for centre in ((0, 0), (3, 3), (0, 4))])
centres = points[[0, 50, 100]]
for step in range(20):
    labels = np.linalg.norm(points[:, None] - centres, axis=2).argmin(axis=1)
    new = np.array([points[labels == k].mean(axis=0) for k in range(3)])
    if np.allclose(new, centres):
        break
    centres = new
print(step, np.bincount(labels), centres.round(4), sep="\n")
print(((points - centres[labels]) ** 2).sum().round(5))
