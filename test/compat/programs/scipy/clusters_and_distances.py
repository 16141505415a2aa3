import numpy as np
from scipy import cluster, spatial, special, constants

points = np.array([[0, 0], [0, 1], [5, 5], [6, 5], [10, 0]], float)
links = cluster.hierarchy.linkage(points, "ward")
print(cluster.hierarchy.fcluster(links, 3, "maxclust"), links[:, 2].round(4))
tree = spatial.KDTree(points)
print(tree.query([5, 4], k=2), tree.query_ball_point([0, 0.5], 1), spatial.distance.pdist(points[:3]).round(4))
hull = spatial.ConvexHull(points)
print(sorted(hull.vertices), hull.volume, spatial.Delaunay(points).simplices.shape, spatial.distance.cosine([1, 0], [1, 1]).round(6))
print(special.gamma(5), special.erf(0.5).round(8), special.comb(10, 3, exact=True), special.softmax([1, 2]).round(4), constants.c, spatial.transform.Rotation.from_euler("z", 90, degrees=True).apply([1, 0, 0]).round(6))
